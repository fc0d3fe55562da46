import type { TextCatalogue } from './text.ts';

/** Why a family register’s certificate is not to be had here and now, as the resident reads it. */
export const familyRefusalTexts = {
  'refusal.KOSEKI_NOT_HERE': {
    ja: '本籍がほかの市区町村にあるため、ここでは発行できません。本籍地の市区町村の証明書になります。',
    'ja-easy': 'あなたの 本籍は ここでは ありません。本籍の ある まちの しょうめいしょに なります。',
    en: 'Your family register is kept by another municipality, so it is not issued here. It is a certificate of that municipality.',
    'zh-Hans': '您的原籍在其他市区町村，此处无法办理。该证明书由原籍所在市区町村办理。',
    'zh-Hant': '您的原籍在其他市區町村，此處無法辦理。該證明書由原籍所在市區町村辦理。',
    ko: '본적이 다른 시구정촌에 있어 여기서는 발급할 수 없습니다. 본적지 시구정촌의 증명서입니다.',
    pt: 'Seu registro familiar fica em outro município e não é emitido aqui. O certificado é daquele município.',
    vi: 'Hộ tịch của bạn do địa phương khác quản lý nên không cấp tại đây. Giấy này do địa phương đó cấp.',
  },
  'refusal.KOSEKI_PROCESSING': {
    ja: '戸籍の届出を処理しています。記録が終わるまで発行できません。数日後にもう一度お試しください。',
    'ja-easy': 'いま 戸籍の きろくを して います。おわるまで 出せません。なん日か あとに また きて ください。',
    en: 'A notification to your family register is being recorded. Nothing is issued until that is done. Please try again in a few days.',
    'zh-Hans': '您的户籍申报正在处理中，记载完成前无法办理。请几天后再试。',
    'zh-Hant': '您的戶籍申報正在處理中，記載完成前無法辦理。請幾天後再試。',
    ko: '호적 신고를 처리하고 있습니다. 기재가 끝날 때까지 발급할 수 없습니다. 며칠 후 다시 시도해 주세요.',
    pt: 'Uma notificação ao seu registro familiar está sendo lançada. Nada é emitido até terminar. Tente de novo em alguns dias.',
    vi: 'Đang ghi nhận một khai báo vào hộ tịch của bạn. Chưa cấp được cho đến khi hoàn tất. Vui lòng thử lại sau vài ngày.',
  },
  'refusal.ENROLMENT_MISSING': {
    ja: 'ほかの市区町村にお住まいの方が本籍地の証明書を取るには、はじめに利用登録の申請が必要です。お住まいの市区町村の画面で申請できます。料金はかかりません。',
    'ja-easy':
      'ほかの まちに すんで いる 人は、はじめに「利用登録」の もうしこみが いります。すんで いる まちの がめんで もうしこめます。お金は かかりません。',
    en: 'If you live elsewhere, you first apply once to take certificates of your family register here. You can apply on the screens of the municipality where you live, free of charge.',
    'zh-Hans': '居住在其他市区町村的人办理原籍地证明书，须先申请利用登记。可在居住地市区町村的画面申请，不收费用。',
    'zh-Hant': '居住在其他市區町村的人辦理原籍地證明書，須先申請利用登記。可在居住地市區町村的畫面申請，不收費用。',
    ko: '다른 시구정촌에 거주하는 분이 본적지 증명서를 받으려면 먼저 이용 등록을 신청해야 합니다. 거주지 시구정촌 화면에서 무료로 신청할 수 있습니다.',
    pt: 'Quem mora em outro município primeiro solicita o cadastro de uso. A solicitação é gratuita e se faz nas telas do município onde você mora.',
    vi: 'Người sống ở địa phương khác phải đăng ký sử dụng trước. Bạn có thể đăng ký miễn phí trên màn hình của địa phương nơi cư trú.',
  },
  'refusal.ENROLMENT_PENDING': {
    ja: '利用登録の申請を、本籍地の市区町村が確認しています。確認が終わるまで、5日ほどお待ちください。',
    'ja-easy': '「利用登録」の もうしこみを 市役所などが たしかめて います。5日ぐらい まって ください。',
    en: 'The municipality that keeps your family register is checking your application. Please wait about five days.',
    'zh-Hans': '原籍所在市区町村正在确认您的利用登记申请。请等候约5天。',
    'zh-Hant': '原籍所在市區町村正在確認您的利用登記申請。請等候約5天。',
    ko: '본적지 시구정촌에서 이용 등록 신청을 확인하고 있습니다. 5일 정도 기다려 주세요.',
    pt: 'O município do seu registro familiar está conferindo a sua solicitação. Aguarde cerca de cinco dias.',
    vi: 'Địa phương quản lý hộ tịch đang kiểm tra đăng ký của bạn. Vui lòng chờ khoảng 5 ngày.',
  },
} as const satisfies TextCatalogue;
