/** Everything that the console's page may ask, with the roles that may: one table, which the scope test walks. */
import { type Answer, answer, refuse } from '@dokodemo/domain';
import { validatorOf } from '@dokodemo/protocol';
import { hasRole, type Staff } from '@dokodemo/sign-in';
import type { TSchema } from 'typebox';
import type { AuditAct, AuditLog } from '../audit/audit-log.ts';
import type { AnyKind } from '../kinds/kind.ts';
import type { MunicipalityProfile } from '../municipality.ts';
import type { IssuerStore } from '../store/store.ts';
import { decideEnrolment, type EnrolmentTools, enrolmentBesideRegister, waitingEnrolments } from './enrolments.ts';
import { anybody, type Role, seesForms } from './roles.ts';
import { type DeskTools, decide, isSetting, look, overview, preview, propose, saveDraft } from './settings-desk.ts';
import {
  AuditBody,
  type BodyOf,
  DecideBody,
  DecideEnrolmentBody,
  DraftBody,
  DropBody,
  EnrolmentBody,
  Nothing,
  NumberBody,
  PreviewBody,
  ProposeBody,
  VersionBody,
} from './shapes.ts';
import { today } from './today.ts';

export type RouteTools = DeskTools &
  EnrolmentTools & {
    readonly issues: IssuerStore;
    readonly kinds: readonly AnyKind[];
    readonly audit: AuditLog;
  };

export type Asked<Body> = {
  readonly tools: RouteTools;
  readonly profile: MunicipalityProfile;
  readonly staff: Staff;
  readonly settingId: string;
  readonly body: Body;
};

export type Route = {
  /** `POST /api/<municipality>/<name>`, or `…/<settingId>/<name>` when it is about a setting. */
  readonly name: string;
  readonly aboutSetting: boolean;
  readonly anyOf: readonly Role[];
  readonly body: TSchema;
  readonly answer: (asked: Asked<never>) => Promise<Answer<unknown>>;
};

function route<S extends TSchema>(
  name: string,
  of: {
    readonly aboutSetting?: true;
    readonly anyOf: readonly Role[];
    readonly body: S;
    readonly answer: (asked: Asked<BodyOf<S>>) => Promise<Answer<unknown>>;
  },
): Route {
  return { aboutSetting: false, ...of, name, answer: of.answer as Route['answer'] };
}

const byOf = ({ subject, name }: Staff) => ({ subject, name });

async function note(
  { tools, profile, staff }: Asked<unknown>,
  act: AuditAct,
  about: Readonly<Record<string, string | number>>,
): Promise<void> {
  await tools.audit.write({ municipality: profile.code, at: tools.clock.now(), by: byOf(staff), act, about });
}

const auditPage = 100;
/** A look at every letter typed would bury the others. */
const editors: readonly Role[] = ['form-editor'];

export const routes: readonly Route[] = [
  route('today', {
    anyOf: anybody,
    body: Nothing,
    answer: ({ tools, profile }) => today({ store: tools.issues, kinds: tools.kinds }, profile, tools.clock.now()),
  }),
  route('settings', { anyOf: seesForms, body: Nothing, answer: ({ tools, profile }) => overview(tools, profile) }),
  route('look', {
    aboutSetting: true,
    anyOf: seesForms,
    body: Nothing,
    answer: ({ tools, profile, settingId }) => look(tools, profile, settingId),
  }),
  route('version', {
    aboutSetting: true,
    anyOf: seesForms,
    body: VersionBody,
    async answer({ tools, profile, settingId, body }) {
      const found = await tools.store.findVersion(profile.code, settingId, body.version);
      return found === undefined ? refuse('UNKNOWN') : answer({ content: found.content });
    },
  }),
  route('preview', {
    aboutSetting: true,
    anyOf: seesForms,
    body: PreviewBody,
    answer: ({ tools, profile, settingId, body }) => preview(tools, profile, settingId, body),
  }),
  route('draft', {
    aboutSetting: true,
    anyOf: editors,
    body: DraftBody,
    async answer(asked) {
      const { tools, profile, staff, settingId, body } = asked;
      const saved = await saveDraft(tools, profile.code, settingId, byOf(staff), body);
      if (saved.ok) await note(asked, 'draft-saved', { setting: settingId, revision: saved.value.revision });
      return saved;
    },
  }),
  route('drop-draft', {
    aboutSetting: true,
    anyOf: editors,
    body: DropBody,
    async answer(asked) {
      const { tools, profile, settingId, body } = asked;
      if (!(await tools.store.dropDraft(profile.code, settingId, body.revision))) return refuse('OUT_OF_STEP');
      await note(asked, 'draft-dropped', { setting: settingId, revision: body.revision });
      return answer({});
    },
  }),
  route('propose', {
    aboutSetting: true,
    anyOf: editors,
    body: ProposeBody,
    async answer(asked) {
      const { tools, profile, staff, settingId, body } = asked;
      const proposed = await propose(tools, profile, settingId, byOf(staff), body);
      if (proposed.ok && 'version' in proposed.value)
        await note(asked, 'proposed', { setting: settingId, version: proposed.value.version, from: body.from });
      return proposed;
    },
  }),
  route('decide', {
    aboutSetting: true,
    anyOf: ['form-approver', 'form-editor'],
    body: DecideBody,
    async answer(asked) {
      const { tools, profile, staff, settingId, body } = asked;
      const approves = hasRole(staff, profile.code, ['form-approver']);
      const decided = await decide(tools, profile.code, settingId, { by: byOf(staff), approves }, body);
      if (!decided.ok) return decided;
      const { from } = decided.value;
      const about = { setting: settingId, version: body.version, ...(from === undefined ? {} : { from }) };
      await note(asked, body.decision, about);
      return answer({});
    },
  }),
  route('issue', {
    anyOf: ['history-reader'],
    body: NumberBody,
    async answer(asked) {
      // Before it is known whether there is such a number: also a guess leaves its trace.
      await note(asked, 'looked-at-issue', { documentNumber: asked.body.documentNumber });
      const found = await asked.tools.issues.findByDocumentNumber(asked.profile.code, asked.body.documentNumber);
      return found === undefined ? refuse('UNKNOWN') : answer(shownIssue(found));
    },
  }),
  route('enrolments', {
    anyOf: ['enrolment-officer'],
    body: Nothing,
    async answer(asked) {
      await note(asked, 'looked-at-enrolment', {});
      return waitingEnrolments(asked.tools, asked.profile, asked.staff);
    },
  }),
  route('enrolment', {
    anyOf: ['enrolment-officer'],
    body: EnrolmentBody,
    async answer(asked) {
      const { tools, profile, staff, body } = asked;
      await note(asked, 'looked-at-enrolment', { enrolment: body.enrolmentId });
      return enrolmentBesideRegister(tools, profile, staff, body.enrolmentId);
    },
  }),
  route('decide-enrolment', {
    anyOf: ['enrolment-officer'],
    body: DecideEnrolmentBody,
    async answer(asked) {
      const { tools, profile, staff, body } = asked;
      const { enrolmentId: enrolment, decision } = body;
      const decided = await decideEnrolment(tools, profile, staff, body);
      if (!decided.ok) return decided;
      if ('reject' in decision) await note(asked, 'enrolment-rejected', { enrolment, reason: decision.reject });
      else await note(asked, 'enrolment-approved', { enrolment });
      return answer({});
    },
  }),
  route('audit', {
    anyOf: ['auditor'],
    body: AuditBody,
    async answer(asked) {
      const { tools, profile, body } = asked;
      if (body.before === undefined) await note(asked, 'looked-at-audit', {});
      const before = body.before === undefined ? {} : { before: body.before };
      const entries = await tools.audit.list(profile.code, { ...before, limit: auditPage });
      return answer({ entries, more: entries.length === auditPage });
    },
  }),
]; // biome-ignore format: one table

/** How it was issued and what became of it. Whose it was stays in the register: 宛名番号 is shown to nobody here. */
function shownIssue(found: NonNullable<Awaited<ReturnType<IssuerStore['findByDocumentNumber']>>>) {
  const { applicationId, kindId, state, at, issue, outcomes, unheardAt } = found;
  return {
    applicationId,
    kindId: kindId ?? '',
    state,
    at,
    outcomes: outcomes.map(({ outcome, reason, at: when }) => ({ outcome, reason, at: when })),
    ...(unheardAt === undefined ? {} : { unheardAt }),
    ...(issue === undefined
      ? {}
      : {
          documentNumbers: issue.documentNumbers,
          terminalId: issue.terminalId,
          copies: issue.copies,
          feeYen: issue.feeYen,
          sheets: issue.sheetDigests.length,
          persons: issue.subjects.length,
          shown: issue.shown,
          snapshotAt: issue.snapshotAt,
          certifier: issue.certifier,
          sealId: issue.sealId,
          settings: issue.settings ?? {},
        }),
  };
}

/** What a request asks for, or why it cannot be asked. */
export function checkAsked(found: Route, settingId: string, body: unknown): Answer<{ settingId: string }> {
  if (found.aboutSetting && !isSetting(settingId)) return refuse('UNKNOWN');
  const validator = validatorOf(found.body);
  if (validator.Check(body)) return answer({ settingId });
  const [misfit] = validator.Errors(body);
  return refuse('MALFORMED', misfit === undefined ? '' : `${misfit.instancePath || '/'} ${misfit.message}`);
}
