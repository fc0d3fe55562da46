/** 戸籍全部事項証明書 and 戸籍個人事項証明書 (戸籍法 10条, 120条). */
import type { FormEngine } from '@dokodemo/documents';
import { documentFrame, drawnFrom } from '../document-frame.ts';
import type { KindModule } from '../kind.ts';
import { judgeBy } from '../rules.ts';
import { familyRules, isUnderAge } from './family-rules.ts';
import { printableRegister } from './printable.ts';
import {
  chooseFamilyRegister,
  type FamilyReading,
  type FamilyRegisterChoice,
  type FamilySubject,
  familyRegisterQuestions,
} from './questions.ts';
import { birthOf, isServedHere, withEnrolment } from './reading.ts';

export type FamilyRegisterKind = KindModule<FamilyReading, FamilySubject, FamilyRegisterChoice>;

function holderBirth(it: FamilySubject) {
  const own = it.familyRegister?.persons.find(({ personNumber }) => personNumber === it.holderPersonNumber);
  return birthOf(it, own);
}

export function familyRegisterKind(form: Pick<FormEngine, 'renderFamilyRegisterCertificate'>): FamilyRegisterKind {
  return {
    kindId: 'family-register',
    label: { text: 'kind.family-register' },
    icon: 'family-register',
    secondPin: true,
    read: async (registry, municipality, holder, serialHex) =>
      withEnrolment(
        registry,
        municipality,
        serialHex,
        await registry.familyRegisterSnapshot({ municipality }, { holder }),
      ),
    versionsOf: ({ versions }) => versions,
    subjectOf: ({ resident, enrolled, familyRegister, holderPersonNumber }) => ({
      ...(resident === undefined ? {} : { resident }),
      enrolled,
      ...(familyRegister === undefined ? {} : { familyRegister }),
      ...(holderPersonNumber === undefined ? {} : { holderPersonNumber }),
    }),
    isHere: isServedHere,
    isEnrolled: ({ enrolled }) => enrolled,
    closedFor: (subject, day) => {
      if (isUnderAge(holderBirth(subject), day)) return 'UNDER_15';
      if (subject.familyRegister === undefined) return 'KOSEKI_NOT_HERE';
      return subject.familyRegister.processing ? 'KOSEKI_PROCESSING' : undefined;
    },
    questions: (subject, _profile, labels) => familyRegisterQuestions(subject, labels),
    choose: chooseFamilyRegister,
    judge: (snapshot, { choice }, { policies }, day) =>
      judgeBy(familyRules, {
        snapshot,
        register: snapshot.familyRegister,
        birth: holderBirth(snapshot),
        printed: choice.personNumbers,
        policies,
        day,
      }),
    draw: (snapshot, { choice }, frame) =>
      drawnFrom(
        form.renderFamilyRegisterCertificate({
          snapshot: printableRegister(snapshot, choice),
          choice: choice.scope === 'all' ? { scope: 'all' } : { scope: 'some', personNumbers: choice.personNumbers },
          frame: documentFrame(frame),
        }),
      ),
  };
}
