/** Every word of the console, in both languages: a missing one does not compile. `{name}` takes an argument. */
export const languages = ['ja', 'en'] as const;
export type Language = (typeof languages)[number];
type Word = Readonly<Record<Language, string>>;

const catalogue = {
  console: { ja: '証明発行コンソール', en: 'Certificate console' },
  home: { ja: '今日の状況', en: 'Today' },
  forms: { ja: '様式', en: 'Forms' },
  certification: { ja: '認証者・公印', en: 'Certifier and seal' },
  history: { ja: '発行の照会', en: 'Look up an issue' },
  enrolment: { ja: '利用登録', en: 'Enrolment' },
  audit: { ja: '監査記録', en: 'Audit log' },
  'skip-to-content': { ja: '本文へ', en: 'Skip to content' },
  'main-navigation': { ja: '主なメニュー', en: 'Main' },
  'sign-in': { ja: 'サインイン', en: 'Sign in' },
  'sign-out': { ja: 'サインアウト', en: 'Sign out' },
  'sign-in.lead': {
    ja: 'コンビニ交付の様式、認証者、発行の記録を扱う職員のための画面です。自治体の認証基盤でサインインしてください。',
    en: 'For the staff who look after forms, certifiers and records of issue. Sign in with your municipality’s account.',
  },
  'sign-in.not-begun-here': {
    ja: 'サインインをやり直してください（時間切れか、別の画面から始まっています）。',
    en: 'Please sign in again: it took too long, or began elsewhere.',
  },
  'sign-in.provider-refused': {
    ja: '認証基盤がサインインを認めませんでした。',
    en: 'The provider did not accept this sign-in.',
  },
  'sign-in.provider-away': {
    ja: '認証基盤につながりません。しばらくして、もう一度お試しください。',
    en: 'The provider cannot be reached. Please try again in a while.',
  },
  'sign-in.no-role': {
    ja: 'このコンソールの役割が割り当てられていません。管理者にご相談ください。',
    en: 'You have no role in this console. Ask your administrator.',
  },
  'sign-in.too-many': { ja: 'ただいま混み合っています。', en: 'Too many people are signed in.' },
  municipality: { ja: '自治体', en: 'Municipality' },
  loading: { ja: '読み込んでいます', en: 'Loading' },
  again: { ja: 'もう一度', en: 'Try again' },
  'error.SIGN_IN': {
    ja: 'サインインの時間が切れました。もう一度サインインしてください。',
    en: 'You have been signed out. Please sign in again.',
  },
  'error.NOT_ALLOWED': { ja: 'この操作をする役割がありません。', en: 'Your role does not permit this.' },
  'error.OUT_OF_STEP': {
    ja: 'ほかの職員が先に変更したか、日付が過ぎています。読み込み直してください。',
    en: 'A colleague was first, or the day is past. Please load again.',
  },
  'error.UNKNOWN': { ja: '見つかりません。', en: 'Not found.' },
  'error.UPSTREAM_DOWN': { ja: 'サーバにつながりません。', en: 'The server cannot be reached.' },
  'error.NO_ANSWER': {
    ja: '戸籍の台帳から返事がありません。もう一度お試しください。',
    en: 'The register does not answer. Please try again.',
  },
  'error.NOT_PARTICIPATING': {
    ja: 'この自治体では利用登録の申請を受け付けていません。',
    en: 'This municipality takes no applications for enrolment.',
  },
  'error.MALFORMED': { ja: '入力の形が正しくありません。', en: 'What was entered has the wrong shape.' },
  'error.other': { ja: '処理できませんでした（{code}）。', en: 'It did not work ({code}).' },
  specimen: { ja: '見本運用（すべての用紙に「見本」と印字）', en: 'Specimen mode: every sheet is marked 見本' },
  'offered-today': { ja: '今日お出しできる証明書', en: 'Offered today' },
  kind: { ja: '証明書', en: 'Certificate' },
  state: { ja: '状態', en: 'State' },
  hours: { ja: '時間', en: 'Hours' },
  fee: { ja: '手数料', en: 'Fee' },
  open: { ja: '受付中', en: 'Open' },
  closed: { ja: '時間外', en: 'Closed' },
  'closed-today': { ja: '休み', en: 'Closed today' },
  'all-day': { ja: '終日', en: 'All day' },
  'no-fee': { ja: '未設定', en: 'Not set' },
  yen: { ja: '{yen}円', en: '¥{yen}' },
  'kiosk-fee': { ja: 'キオスク端末での金額', en: 'at a kiosk' },
  'nothing-offered': { ja: '今日お出しする証明書はありません。', en: 'Nothing is offered today.' },
  'so-far-today': { ja: '今日ここまで', en: 'So far today' },
  issued: { ja: '交付', en: 'Issued' },
  'under-way': { ja: '進行中', en: 'Under way' },
  refused: { ja: 'お断り', en: 'Refused' },
  voided: { ja: '取り消し', en: 'Voided' },
  unresolved: { ja: '確認中', en: 'Unresolved' },
  'nothing-yet': { ja: '今日の申請はまだありません。', en: 'No applications yet today.' },
  'refusal-reasons': { ja: 'お断りの理由', en: 'Reasons for refusal' },
  count: { ja: '{count}件', en: '{count}' },
  'forms.lead': {
    ja: '証明書に印字する文言と様式です。変更は下書き、提案、承認の順に進み、決めた日から使われます。',
    en: 'What certificates say and how they look. A change is drafted, proposed and approved, and holds from its day on.',
  },
  form: { ja: '様式', en: 'Form' },
  'holds-now': { ja: '現在', en: 'In force' },
  'house-form': { ja: '標準様式', en: 'The standard form' },
  'version-n': { ja: '第{n}版', en: 'Version {n}' },
  'since-day': { ja: '{day}から', en: 'since {day}' },
  'draft-by': { ja: '下書きあり（{name}）', en: 'Draft by {name}' },
  'waits-for-approval': { ja: '承認待ち {count}件', en: '{count} to approve' },
  'comes-on': { ja: '{day}に切り替え', en: 'Changes on {day}' },
  work: { ja: '予定・作業', en: 'Work' },
  edit: { ja: '編集', en: 'Edit' },
  back: { ja: '一覧へ', en: 'All forms' },
  'your-words': { ja: '文言', en: 'Words' },
  'whole-form': { ja: '様式データ', en: 'Form data' },
  'from-configuration': { ja: '設定ファイルの内容', en: 'As configured' },
  'raw-data': { ja: 'データ', en: 'Data' },
  'see-content': { ja: '内容を見る', en: 'Show' },
  versions: { ja: '版の履歴', en: 'Versions' },
  changes: { ja: '現在との差分', en: 'Changes' },
  'laid-down-by-law': { ja: '法令で定められた文言です', en: 'Laid down by law' },
  'house-words': { ja: '標準の文言に戻す', en: 'Use the standard words' },
  note: { ja: 'お知らせ（各用紙の下に1行）', en: 'Notice (one line at the foot of every sheet)' },
  'left-out': { ja: '印字しない項目', en: 'Left out' },
  'left-out.none': {
    ja: 'この様式に、自治体の判断で省ける項目はありません。',
    en: 'Nothing may be left out of this form.',
  },
  'broken-json': {
    ja: '様式データの書式が正しくないため、ここでは編集できません。',
    en: 'The form data cannot be read, so nothing can be edited here.',
  },
  'own-layout': { ja: '標準様式を写して、配置から編集する', en: 'Copy the standard form and edit its layout' },
  'own-layout.lead': {
    ja: 'いまは標準様式の上に、文言などの違いだけを持っています。標準様式が改善されれば自動で反映されます。配置を変えるときだけ写してください。',
    en: 'Only differences from the standard form are kept, so its improvements reach you. Copy it only to change the layout.',
  },
  'standard-layout': { ja: '配置を標準様式に戻す', en: 'Return to the standard layout' },
  undo: { ja: '元に戻す', en: 'Undo' },
  redo: { ja: 'やり直す', en: 'Redo' },
  'save-draft': { ja: '下書きを保存', en: 'Save draft' },
  'drop-draft': { ja: '下書きを破棄', en: 'Discard draft' },
  saved: { ja: '下書きを保存しました', en: 'Draft saved' },
  dropped: { ja: '下書きを破棄しました', en: 'Draft discarded' },
  propose: { ja: '使用を提案…', en: 'Propose…' },
  'propose.title': { ja: 'この内容の使用を提案する', en: 'Propose this version' },
  'propose.lead': {
    ja: '承認者が内容を確かめ、使い始めます。提案した本人は承認できません。',
    en: 'An approver checks it and takes it into use. Whoever proposes cannot approve.',
  },
  'from-day': { ja: '使い始める日', en: 'In use from' },
  'until-day': { ja: '終わる日（職務代理者など。なければ空欄）', en: 'Until (for a deputy; else empty)' },
  reason: { ja: '変更の理由', en: 'Reason' },
  'propose.do': { ja: '提案する', en: 'Propose' },
  cancel: { ja: 'やめる', en: 'Cancel' },
  proposed: { ja: '提案しました。承認者の確認を待っています。', en: 'Proposed. It waits for an approver.' },
  approve: { ja: '使い始める…', en: 'Take into use…' },
  'approve.title': { ja: '第{n}版を使い始める', en: 'Take version {n} into use' },
  'approve.do': { ja: 'この日から使う', en: 'Use it from this day' },
  'approve.done': { ja: '第{n}版を使い始めます。', en: 'Version {n} is taken into use.' },
  return: { ja: '差し戻す', en: 'Return' },
  withdraw: { ja: '取り下げる', en: 'Withdraw' },
  'decision-note': { ja: '所見（任意）', en: 'Remark (optional)' },
  'four-eyes': { ja: '自分の提案は承認できません', en: 'Not your own proposal' },
  load: { ja: '編集画面に読み込む', en: 'Load into the editor' },
  'state.proposed': { ja: '承認待ち', en: 'Proposed' },
  'state.taken-into-use': { ja: '採用', en: 'Approved' },
  'state.returned': { ja: '差し戻し', en: 'Returned' },
  'state.withdrawn': { ja: '取り下げ', en: 'Withdrawn' },
  'no-versions': {
    ja: 'まだ独自の版はありません。標準様式で発行しています。',
    en: 'No version of your own yet; the standard form is used.',
  },
  'no-changes': { ja: '現在使用中の内容と同じです。', en: 'The same as what is in force.' },
  before: { ja: '現在', en: 'In force' },
  after: { ja: '編集中', en: 'Edited' },
  absent: { ja: '（なし）', en: '(absent)' },
  preview: { ja: '印刷見本', en: 'Preview' },
  'sample-person': { ja: '見本の人物', en: 'Sample person' },
  'sheet-n': { ja: '{n}枚目 / {of}枚', en: 'Sheet {n} of {of}' },
  'next-sheet': { ja: '次の用紙', en: 'Next sheet' },
  'previous-sheet': { ja: '前の用紙', en: 'Previous sheet' },
  'preview.fresh': { ja: '最新', en: 'Up to date' },
  'preview.drawing': { ja: '作成中', en: 'Drawing' },
  'preview.faults': {
    ja: '{count}件の誤りがあります。見本は直前のものです。',
    en: '{count} faults; the preview shows the last good state.',
  },
  'line-n': { ja: '{n}行目', en: 'Line {n}' },
  capacity: { ja: '資格', en: 'Capacity' },
  mayor: { ja: '市区町村長', en: 'Mayor' },
  deputy: { ja: '職務代理者', en: 'Deputy' },
  title: { ja: '職名', en: 'Title' },
  name: { ja: '氏名', en: 'Name' },
  seal: { ja: '公印', en: 'Official seal' },
  'seal-id': { ja: '公印の番号', en: 'Seal number' },
  'seal-width': { ja: '幅（mm、25以下）', en: 'Width (mm, at most 25)' },
  'seal-legend': { ja: '見本印の文字', en: 'Legend of a specimen' },
  'seal-image': { ja: '印影の画像（PNG。400dpi以上）', en: 'Impression (PNG, 400 dpi or more)' },
  'seal-image.given': { ja: '印影の画像を使用しています', en: 'An image of the impression is used' },
  'history.lead': {
    ja: '用紙の下にある発行番号で照会します。一覧や氏名での検索はできません。照会はすべて監査記録に残ります。',
    en: 'Look up by the number at the foot of the sheet. There is no list and no search by name. Every look is in the audit log.',
  },
  'document-number': { ja: '発行番号', en: 'Document number' },
  'look-up': { ja: '照会する', en: 'Look up' },
  'number-shape': {
    ja: '発行番号は 20261125-482013-0000001 の形です。',
    en: 'A number looks like 20261125-482013-0000001.',
  },
  'no-such-number': { ja: 'この発行番号の記録はありません。', en: 'There is no record of this number.' },
  'prepared-at': { ja: '作成', en: 'Prepared' },
  terminal: { ja: '端末', en: 'Terminal' },
  copies: { ja: '部数', en: 'Copies' },
  sheets: { ja: '枚数', en: 'Sheets' },
  persons: { ja: '記載の人数', en: 'Persons shown' },
  'register-at': { ja: '台帳の時点', en: 'Register as of' },
  certifier: { ja: '認証者', en: 'Certifier' },
  'settings-held': { ja: '適用された版', en: 'Versions that held' },
  course: { ja: '経過', en: 'What became of it' },
  'audit.lead': {
    ja: '職員の閲覧と変更の記録です。新しいものから表示します。消すことも書き換えることもできません。',
    en: 'What staff looked at and changed, newest first. Nothing can be deleted or rewritten.',
  },
  when: { ja: '日時', en: 'When' },
  who: { ja: '職員', en: 'Who' },
  act: { ja: '操作', en: 'What' },
  about: { ja: '対象', en: 'About' },
  older: { ja: 'さらに古い記録', en: 'Older entries' },
  'enrolment.lead': {
    ja: 'ほかの自治体に住み、本籍がここにある方からの申請です。戸籍と見比べて決めてください。承認すると、その方はコンビニで戸籍証明書と附票をとれるようになります。閲覧と決定はすべて監査記録に残ります。',
    en: 'From people who live elsewhere and whose family register is kept here. Compare with the register and decide. Once approved, they can take certificates of the family register at any kiosk. Every look and decision is in the audit log.',
  },
  'no-enrolments': { ja: '確認を待っている申請はありません。', en: 'No application is waiting.' },
  applicant: { ja: '申請者', en: 'Applicant' },
  'lives-in': { ja: '住所地', en: 'Lives in' },
  received: { ja: '受付', en: 'Received' },
  'all-enrolments': { ja: '申請の一覧へ', en: 'All applications' },
  'enrolment-of': { ja: '{name} さんの利用登録', en: 'Enrolment of {name}' },
  'applied-at': { ja: '{time} 受付　住所地 {place}', en: 'Received {time}, from {place}' },
  'beside-register': { ja: '申請と戸籍の見比べ', en: 'The claim beside the register' },
  'beside-register.lead': {
    ja: '申請された本籍の戸籍に載っている方です。申請は住所地の台帳のとおりに作られ、カードで本人が確かめられています。',
    en: 'Everybody in family registers of the claimed domicile. The claim is the words of the register where the applicant lives, and the card has proven who applied.',
  },
  'compared.name': { ja: '氏名', en: 'Name' },
  'compared.birth': { ja: '生年月日', en: 'Born' },
  'compared.registeredDomicile': { ja: '本籍', en: 'Registered domicile' },
  'compared.headOfFamilyRegister': { ja: '筆頭者', en: 'Head of the register' },
  claim: { ja: '申請', en: 'Claim' },
  'in-register': { ja: '戸籍', en: 'register' },
  same: { ja: '一致', en: 'Same' },
  variant: { ja: '字形の違い', en: 'Variant form' },
  differs: { ja: '相違', en: 'Differs' },
  'this-person': { ja: 'この方', en: 'This person' },
  'removed-from-register': { ja: '除籍', en: 'Removed' },
  'all-same': { ja: 'すべての項目が一致しています。', en: 'Everything is the same.' },
  'differing-n': { ja: '{count}項目が申請と異なります', en: 'Different from the claim: {count}' },
  'differences-checked': { ja: '違いを確かめ、同じ方と判断しました', en: 'I have checked: it is the same person' },
  'nobody-in-register': {
    ja: 'この本籍の戸籍は見つかりません。',
    en: 'There is no family register of this domicile here.',
  },
  'choose-person-first': { ja: '承認するには、戸籍の方を選んでください。', en: 'To approve, choose the person first.' },
  'approve-enrolment': { ja: '承認…', en: 'Approve…' },
  'approve-enrolment.title': { ja: '{name} さんの利用登録を承認しますか', en: 'Approve the enrolment of {name}?' },
  'approve-enrolment.lead': {
    ja: 'この方のカードで、戸籍証明書と附票をとれるようになります。この画面から取り消すことはできません。',
    en: 'With this person’s card certificates of the family register can be taken. It cannot be taken back here.',
  },
  'approve-enrolment.do': { ja: '承認する', en: 'Approve' },
  'reject-enrolment': { ja: '却下…', en: 'Reject…' },
  'reject-enrolment.title': { ja: '{name} さんの申請を却下しますか', en: 'Reject the application of {name}?' },
  'reject-enrolment.lead': {
    ja: '元に戻すことはできません。申請者は、改めて申請できます。',
    en: 'It cannot be undone. The applicant may apply again.',
  },
  'rejection-reason': { ja: '却下の理由', en: 'Reason' },
  'rejection.not-in-register': { ja: '該当する方が戸籍にいない', en: 'Nobody like that in the register' },
  'rejection.claim-differs': { ja: '申請の内容が戸籍と異なる', en: 'The claim differs from the register' },
  'rejection.withdrawn-by-applicant': { ja: '申請者からの取下げ', en: 'Withdrawn by the applicant' },
  'rejection.other': { ja: 'その他（起案文書による）', en: 'Other (see the file)' },
  'reject-enrolment.do': { ja: '却下する', en: 'Reject' },
  'enrolment.approved': {
    ja: '{name} さんの利用登録を承認しました。いまから戸籍証明書をとれます。',
    en: 'The enrolment of {name} is approved. Certificates can be taken from now on.',
  },
  'enrolment.rejected': { ja: '{name} さんの申請を却下しました。', en: 'The application of {name} is rejected.' },
  'enrolment-gone': {
    ja: 'この申請は、もう確認を待っていません。ほかの職員が決めたか、カードが使えなくなりました。一覧で確かめてください。',
    en: 'This application is no longer waiting: a colleague has decided, or the card has ended. See the list.',
  },
  'nothing-recorded': { ja: '記録はまだありません。', en: 'Nothing is recorded yet.' },
} as const satisfies Record<string, Word>;

const acts: Readonly<Record<string, Word>> = {
  'signed-in': { ja: 'サインイン', en: 'Signed in' },
  'signed-out': { ja: 'サインアウト', en: 'Signed out' },
  'looked-at-issue': { ja: '発行を照会', en: 'Looked up an issue' },
  'draft-saved': { ja: '下書きを保存', en: 'Saved a draft' },
  'draft-dropped': { ja: '下書きを破棄', en: 'Discarded a draft' },
  proposed: { ja: '版を提案', en: 'Proposed a version' },
  'taken-into-use': { ja: '版を採用', en: 'Took a version into use' },
  returned: { ja: '版を差し戻し', en: 'Returned a version' },
  withdrawn: { ja: '版を取り下げ', en: 'Withdrew a version' },
  'looked-at-audit': { ja: '監査記録を閲覧', en: 'Read the audit log' },
  'looked-at-enrolment': { ja: '利用登録を閲覧', en: 'Looked at an enrolment' },
  'enrolment-approved': { ja: '利用登録を承認', en: 'Approved an enrolment' },
  'enrolment-rejected': { ja: '利用登録を却下', en: 'Rejected an enrolment' },
};
const kinds: Readonly<Record<string, Word>> = {
  residence: { ja: '住民票の写し', en: 'Residence certificate' },
  'residence-items': { ja: '住民票記載事項証明書', en: 'Residence items' },
  seal: { ja: '印鑑登録証明書', en: 'Seal registration' },
  'seal-registration': { ja: '印鑑登録証明書', en: 'Seal registration' },
  tax: { ja: '各種税証明書', en: 'Tax certificates' },
  'income-and-tax': { ja: '所得・課税（非課税）証明書', en: 'Income and tax' },
  'tax-payment': { ja: '納税証明書', en: 'Tax payment' },
  'fixed-asset-valuation': { ja: '固定資産評価証明書', en: 'Fixed asset valuation' },
  'fixed-asset-levy': { ja: '固定資産公課証明書', en: 'Fixed asset levy' },
  'vehicle-inspection': { ja: '軽自動車税納税証明書', en: 'Light vehicle tax' },
  'family-register': { ja: '戸籍全部事項証明書', en: 'Family register, all' },
  'family-register-person': { ja: '戸籍個人事項証明書', en: 'Family register, person' },
  'register-history': { ja: '戸籍の附票の写し', en: 'Register history' },
  certification: { ja: '認証者・公印', en: 'Certifier and seal' },
  enrolment: { ja: '戸籍証明書の利用登録', en: 'Enrolment for family registers' },
};
/** Texts and fields of forms, by their names in the form. */
const fields: Readonly<Record<string, Word>> = {
  certify: { ja: '認証文', en: 'Certification' },
  certifyAll: { ja: '認証文（世帯全員・全部）', en: 'Certification (all)' },
  certifySome: { ja: '認証文（一部）', en: 'Certification (some)' },
  omitted: { ja: '省略したとき', en: 'Omitted' },
  none: { ja: '該当がないとき', en: 'None' },
  sealNote: { ja: '公印の注記', en: 'Note on the seal' },
  end: { ja: '最後の用紙の末尾', en: 'End' },
  next: { ja: '続きがあるとき', en: 'Continued' },
  specimen: { ja: '見本の表示', en: 'Specimen mark' },
  use: { ja: '用途', en: 'Use' },
  unregistered: { ja: '未登記のとき', en: 'Unregistered' },
  municipalTax: { ja: '市町村民税の名称', en: 'Municipal tax' },
  prefecturalTax: { ja: '道府県民税の名称', en: 'Prefectural tax' },
  undeclared: { ja: '未申告の記号', en: 'Undeclared' },
  undeclaredNote: { ja: '未申告の説明', en: 'Note on undeclared' },
  remarks: { ja: '備考', en: 'Remarks' },
  kana: { ja: 'フリガナ', en: 'Kana' },
  formerSurname: { ja: '旧氏', en: 'Former surname' },
  previousAddress: { ja: '転入前住所', en: 'Previous address' },
  notified: { ja: '届出年月日', en: 'Notified' },
  sex: { ja: '性別', en: 'Sex' },
};
const refusals: Readonly<Record<string, Word>> = {
  SUPPRESSED: { ja: '発行の制限', en: 'Restriction' },
  NOT_RESIDENT: { ja: '住民でない', en: 'Not a resident' },
  UNDER_15: { ja: '15歳未満', en: 'Under fifteen' },
  GLYPH_MISSING: { ja: '文字がフォントにない', en: 'Glyph missing' },
  TEXT_OVERFLOW: { ja: '欄に入らない', en: 'Text does not fit' },
  PAGE_LIMIT: { ja: '枚数の上限', en: 'Too many sheets' },
  ANSWERS_WRONG: { ja: '選択が合わない', en: 'Answers do not fit' },
  FORM_INCOMPLETE: { ja: '様式・公印の不備', en: 'Form or seal missing' },
  HOURS: { ja: '時間外', en: 'Outside hours' },
};

export type WordKey = keyof typeof catalogue;
export type Say = {
  (key: WordKey, args?: Readonly<Record<string, string | number>>): string;
  readonly act: (name: string) => string;
  readonly kind: (name: string) => string;
  readonly field: (name: string) => string;
  readonly refusal: (code: string) => string;
  readonly rejection: (reason: string) => string;
  readonly error: (code: string) => string;
  readonly language: Language;
};

export function sayIn(language: Language): Say {
  const filled = (text: string, args: Readonly<Record<string, string | number>> = {}) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => String(args[name] ?? ''));
  const from = (words: Readonly<Record<string, Word>>) => (name: string) => words[name]?.[language] ?? name;
  const say = (key: WordKey, args?: Readonly<Record<string, string | number>>) =>
    filled(catalogue[key][language], args);
  const error = (code: string) => {
    const key = `error.${code}`;
    return Object.hasOwn(catalogue, key) ? say(key as WordKey) : say('error.other', { code });
  };
  return Object.assign(say, {
    act: from(acts),
    kind: from(kinds),
    field: from(fields),
    refusal: from(refusals),
    error,
    rejection: (reason: string) => {
      const key = `rejection.${reason}`;
      return Object.hasOwn(catalogue, key) ? say(key as WordKey) : reason;
    },
    language,
  });
}

export function dayWords(day: string, { language }: Say): string {
  const [year, month, date] = day.split('-').map(Number);
  return language === 'ja' ? `令和${(year ?? 2019) - 2018}年${month}月${date}日` : day;
}

export function timeWords(ms: number, { language }: Say): string {
  const options = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Tokyo' } as const;
  return new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', options).format(ms);
}
