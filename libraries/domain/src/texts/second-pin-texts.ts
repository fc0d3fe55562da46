import type { TextCatalogue } from './text.ts';

/** Texts that the center names while it asks for the second PIN (第二暗証番号) of the municipality's card application. */
export const secondPinTexts = {
  'center.remove-card.help-again': {
    ja: 'カードを取ると、次に進みます。第二暗証番号が必要な証明書を選んだときは、もう一度置いていただきます。',
    'ja-easy':
      'カードを とると、つぎに すすみます。戸籍などの しょうめいしょを えらぶと、もういちど カードを おきます。',
    en: 'We go on when you have taken your card. If you choose a certificate that needs the second PIN, you put it down once more.',
    'zh-Hans': '取走卡片后继续。如果选择需要第二密码的证明书，请再次放上卡片。',
    'zh-Hant': '取走卡片後繼續。如果選擇需要第二密碼的證明書，請再次放上卡片。',
    ko: '카드를 빼면 다음으로 넘어갑니다. 제2 비밀번호가 필요한 증명서를 선택하면 카드를 한 번 더 놓아 주셔야 합니다.',
    pt: 'Continuamos quando você retirar o cartão. Se escolher um certificado que exige a segunda senha, coloque-o mais uma vez.',
    vi: 'Sau khi bạn lấy thẻ ra, màn hình sẽ chuyển tiếp. Nếu chọn giấy cần mã PIN thứ hai, bạn sẽ đặt thẻ lại một lần nữa.',
  },

  'center.second-card.title': {
    ja: 'もう一度カードを置いてください',
    'ja-easy': 'もういちど カードを おいて ください',
    en: 'Please put down your card once more',
    'zh-Hans': '请再次放上卡片',
    'zh-Hant': '請再次放上卡片',
    ko: '카드를 한 번 더 놓아 주세요',
    pt: 'Coloque o cartão mais uma vez',
    vi: 'Vui lòng đặt thẻ lại một lần nữa',
  },
  'center.second-card.help': {
    ja: 'この証明書には、窓口で登録した第二暗証番号が必要です。はじめと同じカードを置いてください。',
    'ja-easy':
      'この しょうめいしょには「だいに あんしょうばんごう」が いります。はじめと おなじ カードを おいて ください。',
    en: 'This certificate needs the second PIN that you registered at the counter. Please put down the same card as before.',
    'zh-Hans': '此证明书需要在窗口登记的第二密码。请放上与刚才相同的卡片。',
    'zh-Hant': '此證明書需要在窗口登記的第二密碼。請放上與剛才相同的卡片。',
    ko: '이 증명서는 창구에서 등록한 제2 비밀번호가 필요합니다. 처음과 같은 카드를 놓아 주세요.',
    pt: 'Este certificado exige a segunda senha registrada no balcão. Coloque o mesmo cartão de antes.',
    vi: 'Giấy này cần mã PIN thứ hai đã đăng ký tại quầy. Vui lòng đặt đúng thẻ lúc đầu.',
  },

  'center.second-pin.title': {
    ja: '第二暗証番号を入れてください',
    'ja-easy': 'だいに あんしょうばんごうを 入れて ください',
    en: 'Please enter your second PIN',
    'zh-Hans': '请输入第二密码',
    'zh-Hant': '請輸入第二密碼',
    ko: '제2 비밀번호를 입력해 주세요',
    pt: 'Digite a segunda senha',
    vi: 'Vui lòng nhập mã PIN thứ hai',
  },
  'center.second-pin.help': {
    ja: '窓口で登録した4桁の番号です。はじめに入れた暗証番号ではありません。3回続けて間違えると使えなくなります。',
    'ja-easy':
      'まどぐちで きめた 4つの すうじです。はじめの あんしょうばんごうとは ちがいます。3かい まちがえると つかえなく なります。',
    en: 'The 4 digits that you registered at the counter, not the PIN that you entered first. Three wrong entries in a row lock it.',
    'zh-Hans': '是您在窗口登记的4位数字，不是刚才输入的密码。连续输错3次将被锁定。',
    'zh-Hant': '是您在窗口登記的4位數字，不是剛才輸入的密碼。連續輸錯3次將被鎖定。',
    ko: '창구에서 등록한 4자리 번호이며, 처음에 입력한 비밀번호가 아닙니다. 3회 연속 틀리면 사용할 수 없게 됩니다.',
    pt: 'Os 4 dígitos registrados no balcão, não a senha digitada antes. Três erros seguidos bloqueiam a senha.',
    vi: '4 chữ số bạn đã đăng ký tại quầy, không phải mã PIN nhập lúc đầu. Nhập sai 3 lần liên tiếp sẽ bị khóa.',
  },
  'center.second-pin.last-try': {
    ja: 'あと1回間違えると、第二暗証番号が使えなくなります。自信がないときは「戻る」を押してください。ほかの証明書は選べます。',
    'ja-easy':
      'あと 1かい まちがえると、つかえなく なります。わからない ときは「もどる」を おして ください。ほかの しょうめいしょは えらべます。',
    en: 'One more wrong entry locks the second PIN. If you are not sure, press Back: other certificates can still be chosen.',
    'zh-Hans': '再输错1次，第二密码将被锁定。如果没有把握，请按“返回”，仍可选择其他证明书。',
    'zh-Hant': '再輸錯1次，第二密碼將被鎖定。如果沒有把握，請按「返回」，仍可選擇其他證明書。',
    ko: '한 번 더 틀리면 제2 비밀번호를 사용할 수 없게 됩니다. 확실하지 않으면 “뒤로”를 누르세요. 다른 증명서는 선택할 수 있습니다.',
    pt: 'Mais um erro bloqueia a segunda senha. Se não tiver certeza, toque em Voltar: outros certificados continuam disponíveis.',
    vi: 'Nhập sai thêm 1 lần nữa, mã PIN thứ hai sẽ bị khóa. Nếu không chắc, hãy bấm Quay lại: vẫn có thể chọn giấy khác.',
  },

  'center.remove-second-card.help': {
    ja: 'カードを取ると、次に進みます。第二暗証番号は、続けて発行するあいだ、もう入れなくて大丈夫です。',
    'ja-easy': 'カードを とると、つぎに すすみます。',
    en: 'We go on when you have taken your card. You need not enter the second PIN again in this session.',
    'zh-Hans': '取走卡片后继续。本次办理中无需再次输入第二密码。',
    'zh-Hant': '取走卡片後繼續。本次辦理中無需再次輸入第二密碼。',
    ko: '카드를 빼면 다음으로 넘어갑니다. 이번 이용 중에는 제2 비밀번호를 다시 입력하지 않아도 됩니다.',
    pt: 'Continuamos quando você retirar o cartão. A segunda senha não será pedida de novo nesta sessão.',
    vi: 'Sau khi bạn lấy thẻ ra, màn hình sẽ chuyển tiếp. Trong lần này bạn không cần nhập lại mã PIN thứ hai.',
  },
  'center.remove-second-card.help-only': {
    ja: 'カードを取ると、証明書を選ぶ画面に戻ります。',
    'ja-easy': 'カードを とると、しょうめいしょを えらぶ がめんに もどります。',
    en: 'When you have taken your card, you can choose a certificate.',
    'zh-Hans': '取走卡片后，将返回选择证明书的画面。',
    'zh-Hant': '取走卡片後，將返回選擇證明書的畫面。',
    ko: '카드를 빼면 증명서 선택 화면으로 돌아갑니다.',
    pt: 'Ao retirar o cartão, você volta à escolha do certificado.',
    vi: 'Sau khi lấy thẻ ra, bạn sẽ quay lại màn hình chọn giấy chứng nhận.',
  },
  'center.notice.take-card': {
    ja: '次へ',
    'ja-easy': 'つぎへ',
    en: 'Next',
    'zh-Hans': '下一步',
    'zh-Hant': '下一步',
    ko: '다음',
    pt: 'Avançar',
    vi: 'Tiếp theo',
  },
} as const satisfies TextCatalogue;
