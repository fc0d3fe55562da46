/** 印鑑登録証明書 (municipal ordinance on the model of 印鑑登録証明事務処理要領). */
import type { FormEngine } from '@dokodemo/documents';
import { type Answer, answer, type HolderRecord, type SealRegistrationSnapshot } from '@dokodemo/domain';
import { documentFrame, drawnFrom } from '../document-frame.ts';
import { holderQuestion } from '../holder-question.ts';
import { isResident, isUnderAge } from '../holder-rules.ts';
import type { KindModule } from '../kind.ts';
import { judgeBy } from '../rules.ts';
import { printableSeal } from './printable.ts';
import { sealRules } from './rules.ts';

/** The menu sees whether there is a seal, and no impression. */
export type SealSubject = {
  readonly resident?: HolderRecord;
  readonly seal: 'registered' | 'cancelled' | 'none';
};

export type SealKind = KindModule<SealRegistrationSnapshot, SealSubject, Record<never, never>>;

export function sealKind(form: Pick<FormEngine, 'renderSealCertificate'>): SealKind {
  return {
    kindId: 'seal',
    label: { text: 'kind.seal' },
    icon: 'seal',
    secondPin: false,
    async read(registry, municipality, holder): Promise<Answer<SealRegistrationSnapshot | null>> {
      const read = await registry.sealRegistrationSnapshot({ municipality }, { holder });
      return read.ok ? answer(read.value.snapshot) : read;
    },
    versionsOf: ({ versions }) => versions,
    subjectOf: ({ resident, registration }) => ({
      ...(resident === undefined ? {} : { resident }),
      seal: registration?.state ?? 'none',
    }),
    isHere: isResident,
    closedFor: (subject, day) => {
      if (isUnderAge(subject, day)) return 'UNDER_15';
      return subject.seal === 'registered' ? undefined : subject.seal === 'none' ? 'SEAL_NONE' : 'SEAL_CANCELLED';
    },
    questions: ({ resident }, _profile, labels) => ({
      questions: resident === undefined ? [] : [holderQuestion(resident.name, labels)],
      meanings: {},
    }),
    choose: ({ holder }) => ({ choice: {}, subjects: [holder], shown: [], fits: true }),
    judge: (snapshot, _chosen, { policies }, day) => judgeBy(sealRules, { snapshot, policies, day }),
    draw: (snapshot, _chosen, frame) =>
      drawnFrom(form.renderSealCertificate({ snapshot: printableSeal(snapshot), frame: documentFrame(frame) })),
  };
}
