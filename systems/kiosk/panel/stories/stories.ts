/**
 * Every screen of the kiosk, as states that an agent might send: for the page of stories while developing, and for the
 * browser test. Nobody in here is real.
 */
import type { TextId } from '@dokodemo/domain';
import type { Label, Screen } from '@dokodemo/protocol';
import type { PanelScreen, PanelState } from '../../src/panel-contract.ts';

const text = (id: TextId, args?: Readonly<Record<string, string | number>>): Label =>
  args === undefined ? { text: id } : { text: id, args: { ...args } };
const plain = (words: string): Label => ({ plain: words });

function frame(step: Screen['step'], title: Label, help?: Label, back = false) {
  return { title, ...(help === undefined ? {} : { help }), back, stop: true, idleSeconds: 60, step };
}

const kinds: Extract<Screen, { kind: 'choose' }> = {
  ...frame('choose', text('center.kind.title'), text('center.kind.help')),
  kind: 'choose',
  questionId: '@kind',
  atLeast: 1,
  atMost: 1,
  chosen: [],
  options: [
    {
      id: 'residence',
      label: text('kind.residence'),
      icon: 'residence',
      feeYen: 200,
      note: text('kind.hours', { opens: '06:30', closes: '23:00' }),
    },
    { id: 'seal', label: plain('印鑑登録証明書'), icon: 'seal', feeYen: 200, note: plain('登録している本人のみ') },
    {
      id: 'tax',
      label: plain('課税（非課税）証明書'),
      icon: 'tax',
      feeYen: 300,
      note: plain('課税証明書、非課税証明書を交付しております。'),
    },
    {
      id: 'family',
      label: plain('戸籍全部事項証明書'),
      icon: 'family-register',
      closed: 'HOURS',
      feeYen: 450,
      note: text('kind.opens-again', { day: '2026-11-24', time: '09:00' }),
    },
    { id: 'history', label: plain('戸籍の附票の写し'), icon: 'register-history', closed: 'CALENDAR', feeYen: 300 },
    { id: 'other', label: plain('住民票記載事項証明書'), icon: 'document', feeYen: 200 },
  ],
};

const scope: Extract<Screen, { kind: 'choose' }> = {
  ...frame('choose', text('residence.scope'), text('center.question.one'), true),
  kind: 'choose',
  questionId: 'scope',
  atLeast: 1,
  atMost: 1,
  chosen: ['some'],
  options: [
    { id: 'all', label: text('residence.scope.all'), note: text('residence.scope.all.note') },
    { id: 'some', label: text('residence.scope.some'), note: text('residence.scope.some.note') },
    { id: 'holder', label: text('residence.scope.holder') },
  ],
};

const members: Extract<Screen, { kind: 'choose' }> = {
  ...frame('choose', text('residence.members'), text('center.question.some'), true),
  kind: 'choose',
  questionId: 'members',
  atLeast: 1,
  atMost: 5,
  chosen: ['m1', 'm3'],
  options: [
    { id: 'm1', label: plain('見本 太郎') },
    { id: 'm2', label: plain('見本 花子') },
    { id: 'm3', label: plain('見本 さくら') },
    { id: 'm4', label: plain('見本 大翔') },
    { id: 'm5', label: plain('見本・グエン・ティ・マイン・フオン') },
  ],
};

const show: Extract<Screen, { kind: 'choose' }> = {
  ...frame('choose', text('residence.show'), text('center.question.some'), true),
  kind: 'choose',
  questionId: 'show',
  atLeast: 0,
  atMost: 6,
  chosen: [],
  options: [
    { id: 'head', label: text('residence.show.head') },
    { id: 'domicile', label: text('residence.show.domicile') },
    {
      id: 'number',
      label: text('residence.show.individual-number'),
      note: text('residence.show.individual-number.note'),
    },
    { id: 'nationality', label: text('residence.show.nationality') },
    { id: 'status', label: text('residence.show.status') },
    { id: 'card-number', label: text('residence.show.card-number') },
  ],
};

const manyTowns: Extract<Screen, { kind: 'choose' }> = {
  ...frame('identify', text('center.municipality.title'), text('center.municipality.help')),
  kind: 'choose',
  questionId: '@municipality',
  atLeast: 1,
  atMost: 1,
  chosen: [],
  options: Array.from({ length: 23 }, (_, i) => ({
    id: `m${i}`,
    label: plain(`見本県${['どこでも市', 'いつでも町', 'だれでも村', 'なんでも市'][i % 4]}${i + 1}`),
    icon: 'municipality',
  })),
};

const pin: Extract<Screen, { kind: 'enter-pin' }> = {
  ...frame('identify', text('center.pin.title'), text('center.pin.help'), true),
  kind: 'enter-pin',
  which: 'holder',
  triesLeft: 3,
  length: { min: 4, max: 4 },
  visitId: '01937e5c-0000-7000-8000-000000000000',
  municipality: '482013',
  issuerNonce: '',
};

const confirm: Extract<Screen, { kind: 'confirm' }> = {
  ...frame('confirm', text('center.confirm.title'), text('center.confirm.help'), true),
  kind: 'confirm',
  feeYen: 400,
  lines: [
    { label: text('center.confirm.kind'), value: text('kind.residence'), change: '@kind' },
    { label: text('residence.scope'), value: text('residence.scope.some'), change: 'scope' },
    { label: text('residence.members'), value: plain('見本 太郎'), change: 'members' },
    { label: text('residence.members'), value: plain('見本 さくら') },
    { label: text('residence.show'), value: text('residence.show.head'), change: 'show' },
    { label: text('residence.show'), value: text('residence.show.domicile') },
    {
      label: text('center.confirm.copies'),
      value: text('center.confirm.copies-value', { copies: 2 }),
      change: '@copies',
    },
  ],
};

const pay: Extract<Screen, { kind: 'pay' }> = {
  ...frame('pay', text('center.pay.title'), text('center.pay.help')),
  kind: 'pay',
  applicationId: '01937e5c-0000-7000-8000-000000000001',
  kindLabel: text('kind.residence'),
  copies: 2,
  sheets: 4,
  feeYen: 400,
  methods: ['cash', 'ic-money'],
  expiresAt: '2026-11-23T10:10:00+09:00',
};

const notice = (tone: Extract<Screen, { kind: 'notice' }>['tone'], title: Label, lines: Label[], button: Label) =>
  ({ ...frame(tone === 'terms' ? 'identify' : 'choose', title), kind: 'notice', tone, lines, button }) as const;

const end: Extract<Screen, { kind: 'end' }> = {
  ...frame('take', text('center.end.title'), text('center.end.thanks')),
  kind: 'end',
  stop: false,
};

type Given = Partial<Omit<PanelState, 'screen'>>;

function state(screen: PanelScreen, given: Given = {}): PanelState {
  return {
    revision: 1,
    language: 'ja',
    screen,
    busy: false,
    card: 'absent',
    pinDigits: 0,
    insertedYen: 0,
    terminal: { terminalId: 'DOKO-0001', store: 'どこでもマート 見本駅前店' },
    ...given,
  };
}

const present: PanelScreen = {
  ...frame('identify', text('center.card.title'), text('center.card.help'), true),
  kind: 'present-card',
};

export const stories = {
  welcome: state({ kind: 'welcome' }),
  'notice-terms': state(
    notice(
      'terms',
      text('center.terms.title'),
      [text('center.terms.need'), text('center.terms.fee'), text('center.terms.no-refund'), text('center.terms.data')],
      text('center.terms.agree'),
    ),
  ),
  'notice-refused': state(
    notice('refused', text('center.refused.title'), [text('refusal.GLYPH_MISSING')], text('center.notice.kind')),
  ),
  'notice-locked': state(
    notice('refused', text('center.refused.title'), [text('refusal.PIN_LOCKED')], text('center.notice.end')),
  ),
  'notice-information': state(
    notice('information', text('center.refused.title'), [text('refusal.FEE_CHANGED')], text('center.notice.confirm')),
  ),
  'working-opening': state({ kind: 'working', what: 'opening', stop: true }, { busy: true }),
  'present-card': state(present),
  'present-card-lies': state(present, { card: 'present', busy: true }),
  'present-card-problem': state(present, { message: { code: 'CARD_UNKNOWN' } }),
  'present-card-two': state(present, { card: 'two-cards' }),
  'working-card': state({ kind: 'working', what: 'checking-card', stop: true }, { busy: true, card: 'present' }),
  'choose-municipality': state(manyTowns),
  'working-municipality': state({ kind: 'working', what: 'asking-municipality', stop: true }, { busy: true }),
  'enter-pin': state(pin, { card: 'present', pinDigits: 2 }),
  'enter-pin-wrong': state({ ...pin, triesLeft: 2 }, { card: 'present', message: { code: 'PIN_WRONG' } }),
  'enter-pin-last': state(
    { ...pin, triesLeft: 1, help: text('center.pin.last-try') },
    { card: 'present', pinDigits: 4, message: { code: 'PIN_LAST_TRY' } },
  ),
  'enter-pin-second': state(
    { ...pin, which: 'second', title: text('center.second-pin.title'), help: text('center.second-pin.help') },
    { card: 'present' },
  ),
  'remove-card': state(
    { ...frame('identify', text('center.remove-card.title'), text('center.remove-card.help')), kind: 'remove-card' },
    { card: 'present' },
  ),
  'choose-kind': state(kinds),
  'choose-kind-busy': state(kinds, { busy: true }),
  'choose-scope': state(scope),
  'choose-members': state(members),
  'choose-show': state(show),
  copies: state({
    ...frame('choose', text('center.copies.title'), text('center.copies.help', { max: 5 }), true),
    kind: 'copies',
    max: 5,
    feeYen: 200,
  }),
  confirm: state(confirm),
  'working-preparing': state({ kind: 'working', what: 'preparing', stop: true }, { busy: true }),
  pay: state(pay),
  'pay-some': state(pay, { insertedYen: 100 }),
  'pay-paid': state(pay, { insertedYen: 1000 }),
  printing: state({ kind: 'printing', printed: 1, sheets: 4 }),
  'printing-many': state({ kind: 'printing', printed: 11, sheets: 40 }),
  'printing-trouble': state({ kind: 'printing', printed: 1, sheets: 4, trouble: 'media-empty' }),
  take: state({
    kind: 'take',
    sheets: 4,
    changeYen: 600,
    feeYen: 400,
    documentNumbers: ['20261123-482013-0000042', '20261123-482013-0000043'],
  }),
  'receive-file': state(
    {
      kind: 'receive-file',
      address: `https://toiawase.example.jp/receive#${'B7'.repeat(11)}.${'kX'.repeat(21)}A`,
    },
    { secondsLeft: 174 },
  ),
  'taking-back': state({ kind: 'working', what: 'taking-back', stop: false }, { busy: true }),
  'take-file': state({
    kind: 'take',
    electronic: true,
    sheets: 1,
    changeYen: 300,
    feeYen: 200,
    documentNumbers: ['20261123-482013-0000042'],
  }),
  refunded: state({ kind: 'refunded', returnedYen: 400, code: 'PRINTER_UNAVAILABLE' }),
  'refunded-nothing': state({ kind: 'refunded', returnedYen: 0, code: 'STOPPED' }),
  case: state({ kind: 'case', caseNumber: 'DOKO-0001-4F20-77A3', feeYen: 400 }),
  another: state({ ...frame('take', text('center.another.title'), text('center.another.help')), kind: 'another' }),
  end: state(end),
  'out-of-service': state({ kind: 'out-of-service', code: 'UPSTREAM_DOWN' }),
  'out-of-service-case': state({
    kind: 'out-of-service',
    code: 'PRINTER_UNAVAILABLE',
    caseNumber: 'DOKO-0001-4F20-77A3',
  }),
  idle: state(kinds, { idleSecondsLeft: 14 }),
} as const satisfies Readonly<Record<string, PanelState>>;

export type StoryName = keyof typeof stories;
