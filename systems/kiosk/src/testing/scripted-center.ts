/**
 * A center, and an issuer behind it, as far as a kiosk can see them: one conversation per session, real seals and
 * signatures, the same answer to the same message. Everything goes through the wire's own schemas, in both directions.
 */
import {
  type Answer,
  answer,
  type IssuanceState,
  isoJapan,
  type RefusalCode,
  refuse,
  stepIssuance,
} from '@dokodemo/domain';
import { verifyChallengeSignature, verifyOrdinanceSignature } from '@dokodemo/ic-card';
import {
  type Answers,
  answerRequest,
  type Client,
  canonicalAnswers,
  clientOver,
  conversationEndpoints,
  type DocumentBinding,
  type Endpoints,
  fileEndpoints,
  findEndpoint,
  type Handlers,
  holderDigest,
  type Input,
  isElectronic,
  type ReportedFact,
  type Screen,
  sealDocument,
  sealLabels,
  sha256Hex,
  type Turn,
  visitChallenge,
} from '@dokodemo/protocol';
import { ScriptedFiles } from './scripted-files.ts';

type Frame = Pick<Screen, 'title' | 'back' | 'stop' | 'idleSeconds' | 'step'>;
export type Signer = Parameters<typeof sealDocument>[3];

/** What is offered: one kind with a question whose options are names under the seal, one without any, and one that
 *  demands the second PIN. */
export const municipality = '482013';
export const names = ['見本 太郎', '見本 花子'];

type Session = {
  readonly sessionId: string;
  readonly terminalId: string;
  readonly kioskKey: Uint8Array;
  seq: number;
  turn: Turn;
  lastInput: string;
  certificate?: Uint8Array;
  triesLeft: number;
  visitId: string;
  nonce: Uint8Array;
  kindId: string;
  answers: Answers;
  copies: number;
  applications: Map<
    string,
    { sealed: { aad: string; sealed: string }; state: IssuanceState; binding: DocumentBinding }
  >;
  lastKioskSeq: number;
  ended: boolean;
};

export type Message = {
  readonly name: keyof typeof conversationEndpoints | keyof typeof fileEndpoints;
  readonly body: unknown;
};
/** What the way does to a message: it never arrives, or its answer is lost, or it is refused at the door. */
export type Fate = 'arrives' | 'never-arrives' | 'answer-lost' | RefusalCode;

export type CenterScript = {
  /** Asked for every message, in order. */
  fate: (message: Message) => Fate;
  /** Awaited before a message arrives; a test may hold it. */
  hold: (message: Message) => Promise<void>;
  /** Changes the binding before it is signed and sealed, as an issuer that is not sound would. */
  twist: (
    binding: DocumentBinding,
    sheets: readonly Uint8Array[],
  ) => { binding: DocumentBinding; sheets: readonly Uint8Array[] };
  /** Changes what the center hands on. */
  relay: (document: { aad: string; sealed: string }, session: string) => { aad: string; sealed: string };
  /** Changes the sealed dictionary on its way. */
  labels: (sealed: Uint8Array) => Uint8Array;
  /** The names in it. */
  names: () => readonly string[];
  /** Changes a screen on its way out, as a center that is not sound would. */
  draw: (screen: Screen) => Screen;
  sheetsPerCopy: number;
  /** 紙 or 電子 is asked of residence certificates. */
  offersFiles: boolean;
  documentMs: number;
  feeYen: number;
};

export type CenterOptions = {
  readonly signer: Signer;
  readonly now: () => number;
  readonly newId: () => string;
};

const frame = (step: Screen['step'], idleSeconds = 60): Frame => ({
  title: { plain: step },
  back: false,
  stop: true,
  idleSeconds,
  step,
});

export class ScriptedCenter {
  readonly script: CenterScript = {
    fate: () => 'arrives',
    hold: async () => undefined,
    twist: (binding, sheets) => ({ binding, sheets }),
    relay: (document) => document,
    labels: (sealed) => sealed,
    names: () => names,
    draw: (screen) => screen,
    sheetsPerCopy: 1,
    offersFiles: false,
    documentMs: 300_000,
    feeYen: 300,
  };
  readonly files = new ScriptedFiles();
  readonly messages: Message[] = [];
  readonly facts: ReportedFact[] = [];
  readonly sessions = new Map<string, Session>();
  /** Everything that a sound kiosk cannot say. */
  readonly impossible: string[] = [];
  readonly #options: CenterOptions;
  readonly #taken = new Map<string, string>();

  constructor(options: CenterOptions) {
    this.#options = options;
  }

  /** What the kiosk of this terminal holds of the center. */
  client(terminalId: string): Client<typeof conversationEndpoints> {
    return this.#clientOf(conversationEndpoints, this.#handlers, terminalId);
  }

  fileClient(terminalId: string): Client<typeof fileEndpoints> {
    return this.#clientOf(fileEndpoints, this.files.handlers, terminalId);
  }

  #clientOf<E extends Endpoints>(endpoints: E, handlers: Handlers<E>, terminalId: string): Client<E> {
    return clientOver(endpoints, async (request) => {
      const found = findEndpoint(endpoints, request.method, request.path);
      if (found === undefined) return { failure: { code: 'UNKNOWN' } };
      const body: unknown = request.body === null ? null : JSON.parse(Buffer.from(request.body).toString());
      const message = { name: found.name as Message['name'], body };
      this.messages.push(message);
      await this.script.hold(message);
      const fate = this.script.fate(message);
      if (fate === 'never-arrives') return { failure: { code: 'NO_ANSWER' } };
      if (fate !== 'arrives' && fate !== 'answer-lost') return { failure: { code: fate } };
      const reply = await answerRequest(
        endpoints,
        handlers,
        found.name,
        { peer: { role: 'kiosk', id: terminalId }, params: found.params, body: request.body },
        ({ code, detail }) => {
          if (['MALFORMED', 'DEFECT', 'SAME_ID_OTHER_BODY'].includes(code)) this.impossible.push(`${code} ${detail}`);
        },
      );
      return fate === 'answer-lost' ? { failure: { code: 'NO_ANSWER' } } : reply;
    });
  }

  get bindings(): readonly DocumentBinding[] {
    return [...this.sessions.values()].flatMap(({ applications }) =>
      [...applications.values()].map(({ binding }) => binding),
    );
  }

  stateOf(applicationId: string): IssuanceState | undefined {
    for (const { applications } of this.sessions.values()) {
      const found = applications.get(applicationId);
      if (found !== undefined) return found.state;
    }
    return undefined;
  }

  readonly #handlers: Handlers<typeof conversationEndpoints> = {
    openSession: async ({ peer, body }) => {
      const known = this.sessions.get(body.sessionId);
      if (known !== undefined) return answer(known.turn);
      const session: Session = {
        sessionId: body.sessionId,
        terminalId: peer.id,
        kioskKey: Buffer.from(body.kioskKey, 'base64'),
        seq: 0,
        turn: undefined as never,
        lastInput: '',
        triesLeft: 0,
        visitId: '',
        nonce: new Uint8Array(),
        kindId: '',
        answers: {},
        copies: 1,
        applications: new Map(),
        lastKioskSeq: 0,
        ended: false,
      };
      session.turn = this.#turn(session, {
        ...frame('identify'),
        kind: 'notice',
        tone: 'terms',
        lines: [],
        button: { plain: 'agree' },
      });
      this.sessions.set(body.sessionId, session);
      return answer(session.turn);
    },
    giveInput: async ({ params, body }) => {
      const session = this.sessions.get(params.sessionId);
      if (session === undefined) return refuse('UNKNOWN');
      const text = JSON.stringify(body.input);
      if (body.seq === session.seq - 1) {
        return text === session.lastInput ? answer(session.turn) : refuse('SAME_ID_OTHER_BODY', text);
      }
      if (session.ended) return refuse('ENDED');
      if (body.seq !== session.seq) return refuse('OUT_OF_STEP');
      const next = this.#answer(session, body.input);
      if (!next.ok) return next;
      session.seq++;
      session.lastInput = text;
      session.turn = this.#turn(session, next.value.screen, next.value.labels);
      return answer(session.turn);
    },
    fetchDocument: async ({ params }) => {
      const application = this.sessions.get(params.sessionId)?.applications.get(params.applicationId);
      if (application === undefined) return refuse('UNKNOWN');
      if (application.state !== 'prepared') return refuse('ENDED');
      return answer(this.script.relay(application.sealed, params.sessionId));
    },
    reportFacts: async ({ body }) => {
      const accepted: string[] = [];
      const refused: { factId: string; code: RefusalCode }[] = [];
      for (const report of body.facts) {
        const code = this.#heard(report);
        if (code === undefined) accepted.push(report.factId);
        else refused.push({ factId: report.factId, code });
      }
      return answer({ accepted, refused });
    },
    putDirectory: async () => refuse('NOT_ALLOWED'),
  };

  #turn(session: Session, screen: Screen, labels?: Uint8Array): Turn {
    return {
      seq: session.seq,
      screen: this.script.draw(screen),
      ...(labels === undefined ? {} : { sealedLabels: Buffer.from(labels).toString('base64') }),
    };
  }

  #heard(report: ReportedFact): RefusalCode | undefined {
    const text = JSON.stringify(report);
    const known = this.#taken.get(report.factId);
    if (known !== undefined) {
      if (known !== text) this.impossible.push(`fact ${report.factId} again in other words`);
      return known === text ? undefined : 'SAME_ID_OTHER_BODY';
    }
    const session = this.sessions.get(report.sessionId);
    if (session === undefined) return 'UNKNOWN';
    if (report.kioskSeq <= session.lastKioskSeq) {
      this.impossible.push(`fact ${report.kioskSeq} after ${session.lastKioskSeq}`);
      return 'OUT_OF_STEP';
    }
    session.lastKioskSeq = report.kioskSeq;
    this.#taken.set(report.factId, text);
    this.facts.push(report);
    const { fact } = report;
    if (fact.kind === 'session-ended') endedByKiosk(session);
    const event = events[fact.kind];
    if (event === undefined || !('applicationId' in fact)) return undefined;
    const application = session.applications.get(fact.applicationId);
    const step = application === undefined ? 'never' : stepIssuance(application.state, event);
    if (step === 'never') this.impossible.push(`${fact.kind} in ${application?.state ?? 'nothing'}`);
    else if (application !== undefined && step !== 'late') application.state = step;
    return undefined;
  }

  #answer(session: Session, input: Input): Answer<{ screen: Screen; labels?: Uint8Array }> {
    const at = session.turn.screen;
    const on = (screen: Screen, labels?: Uint8Array) => answer(labels === undefined ? { screen } : { screen, labels });
    if (input.kind === 'stop' || input.kind === 'timeout') {
      for (const application of session.applications.values()) {
        if (at.kind === 'pay' && application.state === 'prepared') application.state = 'voided';
      }
      session.ended = true;
      return on(end());
    }
    switch (at.kind) {
      case 'notice':
        if (input.kind !== 'agree') break;
        if (at.tone === 'terms') return on({ ...frame('identify'), kind: 'present-card' });
        session.ended = true;
        return on(end());
      case 'present-card':
        if (input.kind === 'card-problem') return on(refusal(input.code));
        if (input.kind !== 'credential') break;
        if (at.which === 'second') {
          // A sound kiosk does not bring the certificate of another card than the one of this session.
          if (!Buffer.from(input.credential.certificate, 'base64').equals(session.certificate ?? new Uint8Array()))
            break;
          return on(pinScreen(session, 'second', input.triesLeft));
        }
        session.certificate = Buffer.from(input.credential.certificate, 'base64');
        session.triesLeft = input.triesLeft;
        if (input.triesLeft === 0) return on(refusal('PIN_LOCKED'));
        session.visitId = this.#options.newId();
        session.nonce = Buffer.from(sha256Hex(Buffer.from(session.visitId)), 'hex');
        return on(pinScreen(session));
      case 'enter-pin':
        if (input.kind === 'card-problem') return on(refusal(input.code));
        if (at.which === 'second') {
          if (input.kind === 'pin-wrong') {
            const { triesLeft } = input;
            return on(triesLeft === 0 ? refusal('SECOND_PIN_LOCKED') : pinScreen(session, 'second', triesLeft));
          }
          if (input.kind !== 'second-proof') break;
          return on(
            this.#secondProved(session, input) ? { ...frame('choose'), kind: 'remove-card' } : refusal('PROOF_WRONG'),
          );
        }
        if (input.kind === 'pin-wrong') {
          session.triesLeft = input.triesLeft;
          return on(input.triesLeft === 0 ? refusal('PIN_LOCKED') : pinScreen(session));
        }
        if (input.kind !== 'proof') break;
        return on(
          this.#proved(session, input.signature)
            ? { ...frame('identify'), kind: 'remove-card' }
            : refusal('PROOF_WRONG'),
        );
      case 'remove-card':
        if (input.kind !== 'card-removed') break;
        if (at.step === 'choose') return on(confirmScreen(session, this.script.feeYen));
        return on(
          kindScreen(this.script.feeYen),
          this.script.labels(
            sealLabels(this.script.names(), session.kioskKey, session.visitId, this.#ephemeral(session)),
          ),
        );
      case 'choose':
        if (input.kind !== 'chosen' || input.questionId !== at.questionId) break;
        return on(this.#chosen(session, at, input.optionIds));
      case 'copies':
        if (input.kind !== 'copies') break;
        session.copies = input.copies;
        return on(confirmScreen(session, this.script.feeYen));
      case 'confirm':
        if (input.kind === 'change') return on(memberScreen(session));
        if (input.kind !== 'confirmed') break;
        return on(this.#prepare(session, input.feeYen));
      case 'pay':
        if (input.kind === 'document-refused') {
          const application = session.applications.get(at.applicationId);
          if (application?.state === 'prepared') application.state = 'voided';
          return on(refusal(input.code));
        }
        if (input.kind !== 'delivered') break;
        if (input.outcome !== 'unresolved') return on({ ...frame('take'), kind: 'another' });
        session.ended = true;
        return on(end());
      case 'another':
        if (input.kind === 'another') return on(kindScreen(this.script.feeYen));
        if (input.kind !== 'finish') break;
        session.ended = true;
        return on(end());
      default:
        break;
    }
    this.impossible.push(`${input.kind} at ${at.kind}`);
    return refuse('OUT_OF_STEP', `${input.kind} at ${at.kind}`);
  }

  #ephemeral(session: Session): Uint8Array {
    return Buffer.from(sha256Hex(Buffer.from(`${session.sessionId} ${session.seq} ${this.#options.newId()}`)), 'hex');
  }

  #proved(session: Session, signature: string): boolean {
    const { certificate, sessionId, nonce, kioskKey, terminalId } = session;
    const challenge = visitChallenge({ sessionId, issuerNonce: nonce, kioskKey, terminalId });
    return (
      certificate !== undefined && verifyChallengeSignature(certificate, challenge, Buffer.from(signature, 'base64'))
    );
  }

  #secondProved(session: Session, { certificate, signature }: { certificate: string; signature: string }): boolean {
    const { sessionId, nonce, kioskKey, terminalId } = session;
    const challenge = visitChallenge({ sessionId, issuerNonce: nonce, kioskKey, terminalId });
    const [der, signed] = [Buffer.from(certificate, 'base64'), Buffer.from(signature, 'base64')];
    return verifyOrdinanceSignature(der, 'second', challenge, signed);
  }

  #chosen(session: Session, at: Extract<Screen, { kind: 'choose' }>, optionIds: string[]): Screen {
    if (at.questionId === '@kind') {
      session.kindId = optionIds[0] ?? '';
      session.copies = 1;
      // The year has one answer: it is never put.
      session.answers = session.kindId === 'residence' ? { year: ['y2026'] } : {};
      if (session.kindId === 'family') return { ...frame('choose'), kind: 'present-card', which: 'second' };
      return session.kindId === 'residence' ? memberScreen(session) : confirmScreen(session, this.script.feeYen);
    }
    session.answers = { ...session.answers, [at.questionId]: optionIds };
    if (at.questionId === 'members' && this.script.offersFiles) return mediumScreen();
    if (isElectronic(session.answers)) return confirmScreen(session, this.script.feeYen);
    return { ...frame('choose'), kind: 'copies', max: 3, feeYen: this.script.feeYen };
  }

  #prepare(session: Session, feeYen: number): Screen {
    const applicationId = this.#options.newId();
    if (isElectronic(session.answers)) session.copies = 1;
    const sheets = Array.from({ length: session.copies * this.script.sheetsPerCopy }, (_, i) =>
      Buffer.from(`%PDF-1.7 ${applicationId} sheet ${i + 1} ${this.script.names()[0]}`),
    );
    const now = this.#options.now();
    const expiresAt = isoJapan(now + this.script.documentMs);
    const binding: DocumentBinding = {
      sessionId: session.sessionId,
      visitId: session.visitId,
      applicationId,
      municipality,
      terminalId: session.terminalId,
      holder: holderDigest(session.certificate ?? new Uint8Array()),
      kindId: session.kindId,
      answers: canonicalAnswers(session.answers),
      copies: session.copies,
      feeYen,
      documentNumbers: Array.from({ length: session.copies }, (_, i) => `20261123-${applicationId.slice(-6)}-${i + 1}`),
      sheetDigests: sheets.map(sha256Hex),
      snapshot: sha256Hex(Buffer.from('snapshot')),
      snapshotAt: isoJapan(now),
      preparedAt: isoJapan(now),
      expiresAt,
    };
    const twisted = this.script.twist(binding, sheets);
    const { aad, sealed } = sealDocument(
      twisted.binding,
      twisted.sheets,
      session.kioskKey,
      this.#options.signer,
      this.#ephemeral(session),
    );
    session.applications.set(applicationId, {
      sealed: { aad: Buffer.from(aad).toString('base64'), sealed: Buffer.from(sealed).toString('base64') },
      state: 'prepared',
      binding,
    });
    return {
      ...frame('pay', 180),
      kind: 'pay',
      applicationId,
      kindLabel: { plain: '住民票の写し' },
      copies: session.copies,
      sheets: sheets.length,
      feeYen,
      methods: ['cash', 'ic-money'],
      expiresAt,
    };
  }
}

const events: Partial<Record<ReportedFact['fact']['kind'], Parameters<typeof stepIssuance>[1]>> = {
  'fee-reserved': 'reserve',
  'printing-started': 'start-printing',
  'sheet-printed': 'print-sheet',
  'handed-over': 'hand-over',
  'fee-captured': 'capture',
  'fee-returned': 'return-fee',
  'document-dropped': 'void',
  'lost-track': 'lose-track',
};

/** A kiosk that says that a session has ended has nothing more to say: what it never took money for is void. */
function endedByKiosk(session: Session): void {
  session.ended = true;
  for (const application of session.applications.values()) {
    if (application.state === 'prepared') application.state = 'voided';
  }
}

function pinScreen(session: Session, which: 'holder' | 'second' = 'holder', tries = session.triesLeft): Screen {
  const { visitId, nonce } = session;
  return {
    ...frame(which === 'holder' ? 'identify' : 'choose'),
    back: which === 'second',
    kind: 'enter-pin',
    which,
    triesLeft: tries,
    length: { min: 4, max: 4 },
    visitId,
    municipality,
    issuerNonce: Buffer.from(nonce).toString('base64'),
  };
}

function kindScreen(feeYen: number): Screen {
  const options = ['residence', 'seal', 'family'].map((id) => ({ id, label: { plain: id }, feeYen }));
  return { ...frame('choose', 90), kind: 'choose', questionId: '@kind', options, atLeast: 1, atMost: 1, chosen: [] };
}

function memberScreen({ answers }: Session): Screen {
  return {
    ...frame('choose', 90),
    back: true,
    kind: 'choose',
    questionId: 'members',
    options: [
      { id: 'm1', label: { sealed: 0 } },
      { id: 'm2', label: { sealed: 1 } },
    ],
    atLeast: 1,
    atMost: 2,
    chosen: answers.members ?? [],
  };
}

function mediumScreen(): Screen {
  const options = ['paper', 'electronic'].map((id) => ({ id, label: { plain: id } }));
  const asked = { ...frame('choose', 90), back: true, questionId: 'medium', atLeast: 1, atMost: 1 };
  return { ...asked, kind: 'choose', options, chosen: [] };
}

function confirmScreen({ kindId, answers, copies }: Session, feeYen: number): Screen {
  const lines = Object.keys(answers).map((question) => ({
    label: { plain: question },
    value: { plain: (answers[question] ?? []).join() },
    ...(question === 'year' ? {} : { change: question }),
  }));
  return {
    ...frame('confirm', 120),
    kind: 'confirm',
    lines: [{ label: { plain: 'kind' }, value: { plain: kindId }, change: '@kind' }, ...lines],
    feeYen: feeYen * copies,
  };
}

function refusal(code: string): Screen {
  return {
    ...frame('choose'),
    kind: 'notice',
    tone: 'refused',
    lines: [{ text: `refusal.${code}` }],
    button: { plain: 'end' },
  };
}

function end(): Screen {
  return { ...frame('take', 10), stop: false, kind: 'end' };
}
