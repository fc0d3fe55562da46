/** The journal as lines for people: what happened, with ids, amounts and codes; there is nothing personal to leave out. */
import type { RecordedEvent, SessionEvent, SessionEventKind } from './session/events.ts';

export type Line = { readonly ja: string; readonly en: string };
type LineOf<Kind extends SessionEventKind> = (event: Extract<SessionEvent, { kind: Kind }>) => Line;

const line = (ja: string, en: string) => (): Line => ({ ja, en });
const short = (id: string) => id.slice(-6);

const lines: { readonly [Kind in SessionEventKind]: LineOf<Kind> } = {
  SessionOpened: line('画面に触れました', 'a resident touched the screen'),
  InputTaken: (it) => ({ ja: `操作 ${it.seq + 1}: ${it.input}`, en: `input ${it.seq + 1}: ${it.input}` }),
  TermsAgreed: line('ご利用の前に、に同意しました', 'terms agreed'),
  CredentialPresented: line('カードを置きました', 'card put down'),
  CredentialChecked: (it) => ({
    ja: `電子証明書は有効です（${it.saw.by.toUpperCase()}）`,
    en: `certificate is good (${it.saw.by.toUpperCase()})`,
  }),
  CardProblemReported: (it) => ({ ja: `カードを使えません: ${it.code}`, en: `card cannot be used: ${it.code}` }),
  MunicipalityAsked: line('市区町村をたずねています', 'asking which municipality'),
  PlaceAsked: line('お住まいか、ほかの市区町村かをたずねています', 'asking whether of home or of elsewhere'),
  EnrolmentAsked: (it) => ({
    ja: `利用登録を申請しました: ${it.to} 宛て ${short(it.enrolmentId)}`,
    en: `applied for enrolment at ${it.to}: ${short(it.enrolmentId)}`,
  }),
  EnrolmentTaken: (it) => ({
    ja: `申請が届きました: ${short(it.enrolmentId)}`,
    en: `application received (${it.state}): ${short(it.enrolmentId)}`,
  }),
  VisitRequested: (it) => ({ ja: `${it.municipality} に照会しました`, en: `asked ${it.municipality}` }),
  VisitOpened: line('証明発行サーバが応答しました', 'the issuer answered'),
  PinRefused: (it) => ({
    ja: `暗証番号が違います（残り${it.triesLeft}回）`,
    en: `wrong PIN (${it.triesLeft} tries left)`,
  }),
  ProofGiven: line('カードが署名しました', 'the card has signed'),
  HolderProved: line('本人を確認しました', 'holder proved'),
  MenuGiven: line('発行できる証明書を受け取りました', 'menu received'),
  CardRemoved: line('カードを取りました', 'card taken'),
  KindChosen: (it) => ({ ja: `証明書を選びました: ${it.kindId}`, en: `certificate chosen: ${it.kindId}` }),
  SecondPinAsked: (it) =>
    it.by === 'card'
      ? { ja: '第二暗証番号をたずねます', en: 'asking for the second PIN' }
      : { ja: '第二暗証番号をもう一度照会します', en: 'asking the issuer about the second PIN once more' },
  SecondCardPresented: line('もう一度カードを置きました', 'card put down again'),
  SecondPinWrong: (it) => ({
    ja: `第二暗証番号が違います（残り${it.triesLeft}回）`,
    en: `wrong second PIN (${it.triesLeft} tries left)`,
  }),
  SecondProofGiven: line('条例利用のカードアプリが署名しました', 'the municipality’s card application has signed'),
  SecondCardRemoved: line('カードを取りました', 'card taken'),
  SecondPinProved: line('第二暗証番号を確認しました', 'second PIN proved'),
  SecondPinRefused: (it) => ({
    ja: `第二暗証番号を確認できません: ${it.code}`,
    en: `second PIN cannot be proved: ${it.code}`,
  }),
  QuestionAnswered: (it) => ({ ja: `選びました: ${it.questionId}`, en: `answered: ${it.questionId}` }),
  CopiesChosen: (it) => ({ ja: `${it.copies}部`, en: `${it.copies} copies` }),
  SteppedTo: (it) => ({ ja: `画面を移りました: ${it.to}`, en: `went to ${it.to}` }),
  NoticeRead: line('お知らせを読みました', 'notice read'),
  AnotherWanted: line('続けて発行します', 'another one'),
  Refused: (it) => ({ ja: `お断りしました: ${it.code}`, en: `refused: ${it.code}` }),
  Cancelled: line('取りやめました', 'stopped by the resident'),
  Expired: line('時間がたったため終わりました', 'ended by time'),
  SessionClosed: (it) => ({ ja: `終了（${it.reason}）`, en: `closed (${it.reason})` }),
  ApplicationAccepted: (it) => ({
    ja: `申請 ${short(it.applicationId)}: ${it.kindId} ${it.copies}部 ${it.feeYen}円`,
    en: `application ${short(it.applicationId)}: ${it.kindId} × ${it.copies}, ${it.feeYen} yen`,
  }),
  ApplicationPrepared: (it) => ({
    ja: `封をした証明書が届きました（${it.sheets}枚、発行番号 ${it.documentNumbers.join('、')}）`,
    en: `sealed document arrived (${it.sheets} sheets, number ${it.documentNumbers.join(', ')})`,
  }),
  ApplicationRefused: (it) => ({ ja: `発行できません: ${it.code}`, en: `cannot be issued: ${it.code}` }),
  FeeChanged: (it) => ({ ja: `手数料は${it.feeYen}円です`, en: `the fee is ${it.feeYen} yen` }),
  ApplicationGivenUp: (it) => ({ ja: `申請を取り消しました（${it.by}）`, en: `application given up (${it.by})` }),
  DocumentRefused: (it) => ({
    ja: `端末が証明書を受け付けません: ${it.code}`,
    en: `document refused by the kiosk: ${it.code}`,
  }),
  DeliveryEnded: (it) => ({ ja: `受け渡しが終わりました: ${it.outcome}`, en: `delivery ended: ${it.outcome}` }),
  FeeReserved: (it) => ({
    ja: `${it.feeYen}円をお預かりしました（${it.method}）`,
    en: `${it.feeYen} yen in escrow (${it.method})`,
  }),
  PrintingStarted: (it) => ({ ja: `印刷を始めました（${it.sheets}枚）`, en: `printing ${it.sheets} sheets` }),
  SheetPrinted: (it) => ({
    ja: `${it.sheet}/${it.sheets}枚目が出ました`,
    en: `sheet ${it.sheet} of ${it.sheets} is out`,
  }),
  HandedOver: (it) => ({ ja: `お渡ししました（${it.copies}部）`, en: `handed over (${it.copies} copies)` }),
  FeeCaptured: (it) => ({ ja: `${it.feeYen}円を収納しました`, en: `${it.feeYen} yen captured` }),
  FeeReturned: (it) => ({
    ja: `${it.feeYen}円をお返ししました（${it.reason}）`,
    en: `${it.feeYen} yen given back (${it.reason})`,
  }),
  ApplicationVoided: (it) => ({ ja: `無効にしました（${it.reason}）`, en: `void (${it.reason})` }),
  TrackLost: (it) => ({
    ja: `紙が出たか分かりません（${it.reason}）`,
    en: `nobody knows whether paper came out (${it.reason})`,
  }),
  FileDeposited: (it) => ({
    ja: `暗号化されたファイルを預かりました（${it.bytes}バイト）`,
    en: `encrypted file left for collection (${it.bytes} bytes)`,
  }),
  FileCollected: line('ファイルが受け取られました', 'the file was collected'),
  FileWithdrawn: line('ファイルを取り下げました', 'the file was withdrawn; nobody had collected it'),
  OutcomeTold: (it) => ({ ja: `市区町村に伝えました: ${it.outcome}`, en: `issuer told: ${it.outcome}` }),
  KioskNoted: (it) => ({
    ja: `端末: ${it.what}${it.code === undefined ? '' : ` ${it.code}`}`,
    en: `kiosk: ${it.what}${it.code === undefined ? '' : ` ${it.code}`}`,
  }),
  FactDropped: (it) => ({ ja: `遅れて届いたため捨てました: ${it.what}`, en: `came too late, dropped: ${it.what}` }),
  CaseOpened: (it) => ({ ja: `案件を開きました: ${it.code}`, en: `case opened: ${it.code}` }),
  CaseNoted: (it) => ({
    ja: `案件に記録しました: ${it.what ?? it.evidence ?? ''}`,
    en: `case noted: ${it.what ?? it.evidence ?? ''}`,
  }),
  CaseClosed: (it) => ({ ja: `案件を閉じました（${it.by}）`, en: `case closed (${it.by})` }),
};

export function lineOf(event: RecordedEvent): Line {
  return (lines[event.body.kind] as LineOf<SessionEventKind>)(event.body);
}
