/** 戸籍の附票の写し (住民基本台帳法 20条). */
import type { FormEngine } from '@dokodemo/documents';
import { documentFrame, drawnFrom } from '../document-frame.ts';
import { isUnderAge } from '../family-register/family-rules.ts';
import { birthOf, isServedHere, withEnrolment } from '../family-register/reading.ts';
import type { KindModule } from '../kind.ts';
import { judgeBy } from '../rules.ts';
import { printableHistory } from './printable.ts';
import {
  chooseRegisterHistory,
  type HistoryReading,
  type HistorySubject,
  type RegisterHistoryChoice,
  registerHistoryQuestions,
} from './questions.ts';
import { historyRules } from './rules.ts';

export type RegisterHistoryKind = KindModule<HistoryReading, HistorySubject, RegisterHistoryChoice>;

function holderBirth(it: HistorySubject) {
  const own = it.history?.persons.find(({ personNumber }) => personNumber === it.holderPersonNumber);
  return birthOf(it, own);
}

export function registerHistoryKind(form: Pick<FormEngine, 'renderRegisterHistory'>): RegisterHistoryKind {
  return {
    kindId: 'register-history',
    label: { text: 'kind.register-history' },
    icon: 'register-history',
    // Usual without; a municipality may demand it.
    secondPin: false,
    read: async (registry, municipality, holder, serialHex) =>
      withEnrolment(
        registry,
        municipality,
        serialHex,
        await registry.registerHistorySnapshot({ municipality }, { holder }),
      ),
    versionsOf: ({ versions }) => versions,
    subjectOf: ({ resident, enrolled, history, holderPersonNumber }) => ({
      ...(resident === undefined ? {} : { resident }),
      enrolled,
      ...(history === undefined ? {} : { history }),
      ...(holderPersonNumber === undefined ? {} : { holderPersonNumber }),
    }),
    isHere: isServedHere,
    isEnrolled: ({ enrolled }) => enrolled,
    closedFor: (subject, day) => {
      if (isUnderAge(holderBirth(subject), day)) return 'UNDER_15';
      if (subject.history === undefined) return 'KOSEKI_NOT_HERE';
      return subject.history.processing ? 'KOSEKI_PROCESSING' : undefined;
    },
    questions: (subject, _profile, labels) => registerHistoryQuestions(subject, labels),
    choose: chooseRegisterHistory,
    judge: (snapshot, { choice }, { policies }, day) =>
      judgeBy(historyRules, {
        snapshot,
        register: snapshot.history,
        birth: holderBirth(snapshot),
        printed: choice.personNumbers,
        policies,
        day,
      }),
    draw: (snapshot, { choice }, frame) =>
      drawnFrom(
        form.renderRegisterHistory({
          snapshot: printableHistory(snapshot, choice),
          options: choice.options,
          personNumbers: choice.personNumbers,
          frame: documentFrame(frame),
        }),
      ),
  };
}
