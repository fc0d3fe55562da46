/** S8: each step is done once, and asked again it is answered the same; each number, each sheet, each fact once. */
import { sha256Hex } from '@dokodemo/protocol';
import type { Exchange } from '../network.ts';
import type { World } from '../world.ts';
import { type MakeCheck, newIn, nothing } from './check.ts';

/** Steps that have one answer for good. */
const oneAnswer: ReadonlySet<string> = new Set(['openVisit', 'proveVisit', 'prepareDocument', 'tellOutcome']);

export const doneOnce: MakeCheck = (world) => {
  const exchanges = newIn(world.witness.exchanges);
  const kept = newIn(world.witness.kept);
  const sheets = newIn(world.witness.trays);
  const events = newIn(world.witness.events);
  const answers = new Map<string, { readonly asked: string; readonly answered: string }>();
  const numbers = new Map<string, string>();
  const printed = new Set<string>();
  const facts = new Map<string, string>();
  return {
    step: () => [
      ...exchanges().flatMap((exchange) => answeredTheSame(answers, exchange)),
      ...kept().flatMap(({ applicationId, issue }) =>
        (issue?.documentNumbers ?? []).flatMap((number) => {
          const other = numbers.get(number);
          numbers.set(number, applicationId);
          return other === undefined ? [] : [`document number ${number} was given to ${other} and ${applicationId}`];
        }),
      ),
      ...sheets().flatMap(({ digest, terminalId }) => {
        const again = printed.has(digest);
        printed.add(digest);
        return again ? [`${world.nameOfSheet(digest)} came out twice, again at ${terminalId}`] : [];
      }),
      ...events().flatMap((event) => factOnce(facts, event)),
    ],
    rest: nothing,
  };
};

function answeredTheSame(
  answers: Map<string, { readonly asked: string; readonly answered: string }>,
  { endpoint, request, reply }: Exchange,
): readonly string[] {
  if (!oneAnswer.has(endpoint) || reply.status !== 200) return [];
  // What makes a message the same message: its path names visit or application, the body says what is asked of it.
  const body = request.body === null ? '' : Buffer.from(request.body).toString('utf8');
  const id = idOf(endpoint, request.path, body);
  const asked = sha256Hex(Buffer.from(body));
  const answered = sha256Hex(reply.body);
  const before = answers.get(id);
  if (before === undefined) {
    answers.set(id, { asked, answered });
    return [];
  }
  if (endpoint === 'tellOutcome') return [];
  if (before.asked !== asked) return [`${endpoint} ${id}: two different messages under one id were both answered`];
  return before.answered === answered ? [] : [`${endpoint} ${id}: asked again, it was answered differently`];
}

function idOf(endpoint: string, path: string, body: string): string {
  if (endpoint === 'openVisit') return `${path} ${(JSON.parse(body) as { visitId: string }).visitId}`;
  if (endpoint === 'prepareDocument') return (JSON.parse(body) as { applicationId: string }).applicationId;
  return path;
}

function factOnce(facts: Map<string, string>, { sessionId, seq, body }: World['witness']['events'][number]) {
  const fact =
    'fact' in body && body.fact !== undefined
      ? body.fact
      : 'evidence' in body && typeof body.evidence === 'object' && 'fact' in body.evidence
        ? body.evidence.fact
        : undefined;
  // Notes to a case repeat what another event rests on.
  if (fact === undefined || body.kind === 'CaseNoted') return [];
  const key = `${fact.factId} ${body.kind}`;
  const before = facts.get(key);
  facts.set(key, `${sessionId} ${seq}`);
  return before === undefined ? [] : [`report ${fact.factId} counts twice: in ${before} and in ${sessionId} ${seq}`];
}
