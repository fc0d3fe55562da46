import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type RefusalCode, refusals, texts } from '@dokodemo/domain';
import { type Input, type Kind, type Label, Screen, validatorOf } from '@dokodemo/protocol';
import fc from 'fast-check';
import { sampleMenu } from '../testing/menu.ts';
import { decide, howAsked, inputTable } from './decide.ts';
import { credentialSettled, effectOf, enrolmentSettled, secondProofSettled, visitSettled } from './effects.ts';
import type { SessionEvent } from './events.ts';
import { foldOne } from './fold.ts';
import { type Given, usualSettings } from './given.ts';
import { nextScreen } from './screens.ts';
import { type Session, type Step, stepNames } from './state.ts';

/** 利用登録: no certificate, and everything that is claimed stands there already. */
const application: Kind = {
  id: 'enrolment',
  label: { plain: '利用登録' },
  feeYen: 0,
  maxCopies: 1,
  secondPin: false,
  appliesTo: '483028',
  questions: [
    {
      id: 'name',
      label: { plain: '氏名' },
      choose: 'one',
      atLeast: 1,
      skipIfSingle: true,
      options: [{ id: 'as-registered', label: { sealed: 0 } }],
    },
  ],
};
const given: Given = {
  municipalities: [
    { code: '482013', name: '見本県どこでも市' },
    { code: '483028', name: '見本県いつでも町' },
  ],
  settings: usualSettings,
  menu: { kinds: [...sampleMenu.kinds, application] },
};
const sessionId = '019283aa-0000-7000-8000-000000000001';
let ids = 0;
const newId = () => `019283aa-0000-7000-8000-${String(++ids).padStart(12, '0')}`;
const now = Date.parse('2026-11-23T10:00:00+09:00');

function apply(session: Session | undefined, events: readonly SessionEvent[]): Session {
  let state = session;
  for (const body of events) {
    const seq = (state?.version ?? 0) + 1;
    state = foldOne(state, { sessionId, seq, at: now, terminal: 'DEMO-0001', municipality: '', body });
  }
  assert.ok(state !== undefined);
  return state;
}

function opened(): Session {
  return apply(undefined, [
    { kind: 'SessionOpened', openingDigest: 'o', kioskKey: 'k', language: 'ja', profile: 'p', version: '1' },
  ]);
}

const stranger = { known: [], elsewhere: false };
/** Known at home, with a family register elsewhere. */
const settled = { known: ['482013'], elsewhere: true };

/** What somebody else answers, good or bad by turns of the coin. */
function settle(session: Session, good: boolean, code: RefusalCode): Session {
  const effect = effectOf(session);
  if (effect === undefined) return session;
  const context = { now, newId, municipalities: given.municipalities.map((it) => it.code) };
  const failure = { ok: false as const, failure: { code } };
  const at = '2026-11-23T10:00:00.000+09:00';
  switch (effect.kind) {
    case 'check-credential': {
      const saw = { chain: 'good', revocation: 'good', by: 'crl', producedAt: at, at } as const;
      return apply(
        session,
        credentialSettled(
          good ? { ok: true, saw, ...(code < 'P' ? stranger : settled) } : { ok: false, code },
          context,
        ),
      );
    }
    case 'apply':
      return apply(
        session,
        enrolmentSettled(effect.enrolmentId, good ? { ok: true, value: { state: 'applied' } } : failure),
      );
    case 'open-visit':
      return apply(
        session,
        visitSettled(session, effect.visit, good ? { ok: true, value: { nonce: 'bm9uY2U=' } } : failure),
      );
    case 'prove-holder':
      return apply(
        session,
        good
          ? [
              { kind: 'HolderProved', visitId: effect.visit.visitId },
              { kind: 'MenuGiven', visitId: effect.visit.visitId, menuDigest: 'm' },
            ]
          : [{ kind: 'Refused', code, leadsTo: 'end' }],
      );
    case 'prove-second':
      return apply(session, secondProofSettled(effect.visit, good ? { ok: true, value: {} } : failure));
    case 'prepare':
      return apply(
        session,
        good
          ? [
              {
                kind: 'ApplicationPrepared',
                applicationId: effect.application.applicationId,
                documentNumbers: ['1'],
                sheets: 1,
                feeYen: effect.application.feeYen,
                expiresAt: at,
                aadDigest: '',
                sealedDigest: '',
                sheetDigests: [''],
              },
            ]
          : [
              { kind: 'ApplicationRefused', applicationId: effect.application.applicationId, code },
              { kind: 'Refused', code, leadsTo: 'kind' },
            ],
      );
  }
}

const context = { ...given, now, newId };
const ownCard = { kind: 'jpki' as const, certificate: 'AAAA' };
const anotherCard = { kind: 'jpki' as const, certificate: 'BBBB' };

function give(session: Session, input: Input): Session | undefined {
  const carried = input.kind === 'credential' ? input.credential.certificate : 'proof';
  const decision = decide(session, input, `${session.seq}`, { ...context, carried });
  return decision.ok ? apply(session, decision.value) : undefined;
}

/** What a kiosk can sensibly say to a screen. */
function sensibleInputs(session: Session, screen: Screen): Input[] {
  const always: Input[] = [{ kind: 'stop' }, { kind: 'timeout' }];
  if (screen.back) always.push({ kind: 'back' });
  const credential = ownCard;
  switch (screen.kind) {
    case 'notice':
      return [...always, { kind: 'agree' }];
    case 'present-card':
      return [
        ...always,
        { kind: 'credential', credential, triesLeft: 3 },
        { kind: 'credential', credential, triesLeft: 0 },
        { kind: 'card-problem', code: 'CARD_REMOVED' },
        { kind: 'card-problem', code: 'CERT_MALFORMED' },
        ...(screen.which === 'second'
          ? ([
              { kind: 'credential', credential: anotherCard, triesLeft: 3 },
              { kind: 'card-problem', code: 'SECOND_PIN_NOT_SET' },
            ] as const)
          : []),
      ];
    case 'enter-pin':
      return [
        ...always,
        screen.which === 'second'
          ? { kind: 'second-proof', certificate: 'AAAA', signature: 'AAAA' }
          : { kind: 'proof', signature: 'AAAA' },
        { kind: 'pin-wrong', triesLeft: Math.max(0, screen.triesLeft - 1) },
        { kind: 'card-problem', code: 'CARD_REMOVED' },
      ];
    case 'remove-card':
      return [...always, { kind: 'card-removed' }];
    case 'choose': {
      const open = screen.options.filter((it) => it.closed === undefined).map((it) => it.id);
      const { questionId } = screen;
      const one = open.map((id): Input => ({ kind: 'chosen', questionId, optionIds: [id] }));
      return screen.atMost === 1
        ? [...always, ...one]
        : [
            ...always,
            { kind: 'chosen', questionId, optionIds: open },
            { kind: 'chosen', questionId, optionIds: open.slice(0, screen.atLeast) },
          ];
    }
    case 'copies':
      return [...always, { kind: 'copies', copies: 1 }, { kind: 'copies', copies: screen.max }];
    case 'confirm':
      return [
        ...always,
        { kind: 'confirmed', feeYen: screen.feeYen },
        ...screen.lines.flatMap((it): Input[] =>
          it.change === undefined ? [] : [{ kind: 'change', questionId: it.change }],
        ),
      ];
    case 'pay':
      return [
        ...always,
        { kind: 'delivered', applicationId: screen.applicationId, outcome: 'captured' },
        { kind: 'delivered', applicationId: screen.applicationId, outcome: 'not-delivered' },
        { kind: 'delivered', applicationId: screen.applicationId, outcome: 'unresolved' },
        { kind: 'document-refused', applicationId: screen.applicationId, code: 'DOCUMENT_EXPIRED' },
        { kind: 'document-refused', applicationId: screen.applicationId, code: 'MISMATCH_STOP' },
      ];
    case 'another':
      return [...always, { kind: 'another' }, { kind: 'finish' }];
    case 'end':
      assert.equal(session.step.at, 'ended');
      return [];
  }
}

function labelsOf(value: unknown): Label[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('text' in value) return [value as Label];
  return Object.values(value).flatMap(labelsOf);
}

/** Every screen fits the wire, and names only texts that exist. */
function checkScreen(screen: Screen): void {
  const fits = validatorOf(Screen).Check(screen);
  assert.ok(fits, `${JSON.stringify([...validatorOf(Screen).Errors(screen)].slice(0, 2))} ${JSON.stringify(screen)}`);
  for (const label of labelsOf(screen)) {
    if (!('text' in label)) continue;
    const known = label.text.startsWith('refusal.')
      ? Object.hasOwn(refusals, label.text.slice(8))
      : Object.hasOwn(texts, label.text);
    assert.ok(known, `no text ${label.text}`);
  }
}

const demanding = new Set(sampleMenu.kinds.filter((kind) => kind.secondPin).map(({ id }) => id));

/** Nothing that demands the second PIN is asked about, confirmed or applied for before it is proven; a second PIN that
 *  is lost is not proven. */
function checkSecondPin({ step, choice, secondPin, applications, holder }: Session): void {
  const beyond = ['question', 'copies', 'confirm', 'preparing'].includes(step.at);
  if (beyond && demanding.has(choice?.kindId ?? '')) assert.ok(secondPin?.proved, `${step.at} without it`);
  for (const { kindId } of Object.values(applications)) if (demanding.has(kindId)) assert.ok(secondPin?.proved);
  assert.ok(!(secondPin?.proved && secondPin.refused !== undefined));
  if (step.at === 'second-pin') assert.ok(holder === 'AAAA' && (secondPin?.triesLeft ?? 0) > 0);
}

const codes = Object.keys(refusals) as RefusalCode[];
const walk = fc.array(
  fc.record({ pick: fc.nat(50), good: fc.boolean(), calm: fc.nat(9), code: fc.constantFrom(...codes) }),
  {
    minLength: 30,
    maxLength: 60,
  },
);

const backwards = ['stop', 'timeout', 'back', 'card-problem', 'pin-wrong', 'change'];

describe('a random walk of sensible inputs', () => {
  test('never gets stuck: always a screen, every way it offers is open, and it can be stopped', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(walk, (turns) => {
        let session = opened();
        for (const { pick, good, calm, code } of turns) {
          const screen = nextScreen(session, given);
          checkScreen(screen);
          seen.add(session.step.at);
          if (session.step.at === 'ended') return;
          assert.ok(screen.stop);
          assert.equal(give(session, { kind: 'stop' })?.step.at, 'ended');
          assert.equal(give(session, { kind: 'timeout' })?.step.at, 'ended');
          const waits = effectOf(session) !== undefined;
          if (waits) {
            session = settle(session, good || calm > 1, code);
            continue;
          }
          const inputs = sensibleInputs(session, screen);
          // Most of the time people go on: else no walk would reach the far rooms.
          const onward = inputs.filter((it) => !(calm > 2 ? backwards : ['stop', 'timeout']).includes(it.kind));
          const from = calm > 0 && onward.length > 0 ? onward : inputs;
          const input = from[pick % from.length];
          assert.ok(input !== undefined, `no way on from ${session.step.at}`);
          const next = give(session, input);
          assert.ok(next !== undefined, `${session.step.at} refused ${JSON.stringify(input)}`);
          assert.equal(next.seq, session.seq + 1);
          checkSecondPin(next);
          session = next;
        }
      }),
      { numRuns: 2_000 },
    );
    assert.deepEqual([...seen].sort(), [...stepNames].sort());
  });
});

describe('any input whatever', () => {
  const key = fc.constantFrom(
    '@kind',
    '@copies',
    '@municipality',
    '@place',
    'home',
    'enrolment',
    'scope',
    'members',
    'residence',
    'family',
    'm-482013',
    'nowhere',
  );
  const anyInput: fc.Arbitrary<Input> = fc.oneof(
    fc.constantFrom<Input>(
      { kind: 'agree' },
      { kind: 'back' },
      { kind: 'card-removed' },
      { kind: 'another' },
      { kind: 'finish' },
      { kind: 'proof', signature: 'AAAA' },
      { kind: 'second-proof', certificate: 'AAAA', signature: 'AAAA' },
      { kind: 'credential', credential: { kind: 'jpki', certificate: 'AAAA' }, triesLeft: 3 },
      { kind: 'pin-wrong', triesLeft: 9 },
      { kind: 'copies', copies: 20 },
      { kind: 'confirmed', feeYen: 1 },
      { kind: 'card-problem', code: 'NO_SUCH_CODE' },
      { kind: 'delivered', applicationId: sessionId, outcome: 'captured' },
      { kind: 'document-refused', applicationId: sessionId, code: 'MISMATCH_STOP' },
    ),
    fc.record({ kind: fc.constant('change' as const), questionId: key }),
    fc.record({ kind: fc.constant('chosen' as const), questionId: key, optionIds: fc.array(key, { maxLength: 3 }) }),
  );

  test('is refused or leads to a screen; nothing throws, no money or paper moves', () => {
    fc.assert(
      fc.property(fc.array(anyInput, { maxLength: 40 }), (inputs) => {
        let session = opened();
        for (const input of inputs) {
          session = settle(give(session, input) ?? session, true, 'BUSY');
          checkScreen(nextScreen(session, given));
        }
        for (const it of Object.values(session.applications))
          assert.ok(!['reserved', 'printing', 'captured'].includes(it.state));
      }),
      { numRuns: 2_000 },
    );
  });
});

test('every step says something about every input', () => {
  const rows = stepNames.map((name) => Object.keys(inputTable[name]).sort().join());
  assert.equal(new Set(rows).size, 1);
});

test('every step has a screen, also when the menu has gone', () => {
  const { menu: _menu, ...without } = given;
  const steps: Step[] = stepNames.map((at) => {
    if (at === 'question') return { at, questionId: 'scope' };
    if (at === 'preparing' || at === 'delivery') return { at, applicationId: 'gone' };
    if (at === 'applying') return { at, enrolmentId: 'e', kindId: 'enrolment', to: '483028' };
    if (at === 'applied') return { at, already: false };
    if (at === 'notice') return { at, code: 'BUSY', leadsTo: 'kind' };
    return at === 'ended' ? { at, reason: 'finished' } : { at };
  });
  for (const step of steps) {
    const session: Session = { ...opened(), step, visit: { visitId: newId(), municipality: '482013', nonce: 'AAAA' } };
    checkScreen(nextScreen(session, without));
  }
});

test('S8: only the next input is new, only the last one is asked again', () => {
  const session = give(give(opened(), { kind: 'agree' }) ?? opened(), { kind: 'back' });
  assert.ok(session !== undefined && session.seq === 2);
  assert.equal(howAsked(session, 2, 'x'), 'new');
  assert.equal(howAsked(session, 1, session.lastInputDigest), 'again');
  assert.equal(howAsked(session, 1, 'x'), 'other-body');
  for (const seq of [0, 3, -1, 1_000]) assert.equal(howAsked(session, seq, session.lastInputDigest), 'out-of-step');
});

test('a confirmation that got here past the second PIN, whatever way, goes no further', () => {
  const choice = { kindId: 'abstract', answers: {}, copies: 1 };
  const { step } = apply(opened(), [{ kind: 'SteppedTo', to: '@confirm' }]);
  const session: Session = { ...opened(), step, choice };
  const next = give(session, { kind: 'confirmed', feeYen: 300 });
  assert.deepEqual(next?.step, { at: 'notice', code: 'SECOND_PIN_NEEDED', leadsTo: 'kind' });
  assert.deepEqual(next?.applications, {});
});
