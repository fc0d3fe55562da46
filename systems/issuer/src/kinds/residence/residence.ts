/** 住民票の写し (住民基本台帳法 12条). */
import type { FormEngine } from '@dokodemo/documents';
import { type Answer, answer, type ResidenceSnapshot } from '@dokodemo/domain';
import { hasCompletedYears } from '../age.ts';
import { lowestAgeYears } from '../holder-rules.ts';
import type { KindModule } from '../kind.ts';
import { drawResidence } from './draw.ts';
import {
  chooseResidence,
  presentMembers,
  type ResidenceChoice,
  type ResidenceSubject,
  residenceQuestions,
} from './questions.ts';
import { judgeResidence } from './rules.ts';

export type ResidenceKind = KindModule<ResidenceSnapshot, ResidenceSubject, ResidenceChoice>;

/** All that prints the resident record of a household: which paper it becomes is the caller's. */
export function kindOfResidence(
  own: Pick<ResidenceKind, 'kindId' | 'label' | 'icon'>,
  render: FormEngine['renderResidenceCertificate'],
): ResidenceKind {
  return {
    ...own,
    secondPin: false,
    async read(registry, municipality, holder): Promise<Answer<ResidenceSnapshot | null>> {
      const read = await registry.residenceSnapshot({ municipality }, { holder });
      return read.ok ? answer(read.value.snapshot) : read;
    },
    versionsOf: ({ versions }) => versions,
    subjectOf: ({ holder, household }) => ({ holder, household }),
    isHere: (subject, day) => {
      const holder = presentMembers(subject).find(({ addresseeNumber }) => addresseeNumber === subject.holder);
      return holder !== undefined && !((holder.movingOutOn?.iso ?? '9999') <= day);
    },
    closedFor: (subject, day) => {
      const holder = presentMembers(subject).find(({ addresseeNumber }) => addresseeNumber === subject.holder);
      return holder !== undefined && hasCompletedYears(holder.birth, lowestAgeYears, day) !== true
        ? 'UNDER_15'
        : undefined;
    },
    questions: residenceQuestions,
    choose: chooseResidence,
    judge: (snapshot, { choice }, { policies }, day) => judgeResidence({ snapshot, choice, policies, day }),
    draw: (snapshot, { choice }, frame) => drawResidence(render, snapshot, choice, frame),
  };
}

export function residenceKind(form: Pick<FormEngine, 'renderResidenceCertificate'>): ResidenceKind {
  return kindOfResidence({ kindId: 'residence', label: { text: 'kind.residence' }, icon: 'residence' }, (order) =>
    form.renderResidenceCertificate(order),
  );
}
