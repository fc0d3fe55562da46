/** The calibration sheet as a file that a kiosk's printer takes: what is measured, and words for people. */
import type { FormEngine, PlainText } from '@dokodemo/documents';
import { calibrationLayout, dotsPerMm, fieldDots, sheetVersion } from './sheet-layout.ts';
import { drawCalibrationMask } from './sheet-mask.ts';

const headLeft = 25;
const headWidth = 160;

/** Of each profile, for which printers it is: shown above its field. */
const suits: Readonly<Record<string, string>> = {
  thin: '細く印刷される機械',
  usual: '標準',
  medium: 'やや太く印刷される機械',
  fat: '太く印刷される機械',
  heavy: 'とても太く印刷される機械',
};

const head: readonly PlainText[] = [
  { text: '地紋の調整用紙', role: 'H1', baselineMm: 17, sizePt: 19 },
  { text: `Calibration sheet for the copy-evident ground, version ${sheetVersion}.  この用紙は証明書ではありません。`, baselineMm: 22.5, sizePt: 8.5 },
].map((it) => ({ leftMm: headLeft, widthMm: headWidth, ...it }) as PlainText); // biome-ignore format: one line each

const steps: readonly string[] = [
  '①　調整するキオスク端末のプリンターで、拡大も縮小もせずに（100 %）印刷します。',
  '②　この用紙を 200～600 dpi のグレーかカラーで読み取ります。「文字」や「補正」など、紙を白くする設定は使いません。',
  '③　この用紙を複写機で等倍でコピーし、そのコピーも同じように読み取ります。複写機は何台でも、細かいものほど役に立ちます。',
  '④　読み取った画像を、問合せサイトの「地紋の調整」か、コマンド dokodemo calibrate read で開くと、合う地紋が分かります。',
  '目で見るときは、この用紙では「複写」が見えず、どのコピーでもはっきり浮かぶ欄を選びます。',
];

const inEnglish: readonly string[] = [
  'How to use this sheet',
  '1  Print it at 100 % on the printer of the kiosk.',
  '2  Scan it: gray or colour, 200 to 600 dpi, with no',
  '    “text” mode and nothing that whitens paper.',
  '3  Photocopy it at 100 %, and scan the copy likewise.',
  '    Several copiers are better than one.',
  '4  Open the pictures with the inquiry site, or with',
  '    dokodemo calibrate read SCAN --copy COPY',
  'By eye: the field in which 複写 is hidden here and',
  'stands out on every copy suits the printer.',
];

/** The place that the fields leave over, in millimetres. */
const spare = { leftMm: 111, topMm: 216 } as const;

function textsOf(): readonly PlainText[] {
  const { fields } = calibrationLayout;
  const fieldMm = fieldDots(calibrationLayout).width / dotsPerMm;
  return [
    ...head,
    ...steps.map((text, i) => ({ text, leftMm: 10, baselineMm: 33 + i * 7.2, widthMm: 190, sizePt: 10.5 })),
    { text: '欄のまわりの白い部分も、明るさの基準として使います。書き込んだり、折ったりしないでください。', leftMm: 10, baselineMm: 71.5, widthMm: 190, sizePt: 9 },
    ...fields.map(({ profile, left, top }, i) => ({
      text: `${'ABCDEFGH'[i]}　${profile.name}　${suits[profile.name] ?? ''}`,
      leftMm: left / dotsPerMm,
      baselineMm: top / dotsPerMm - 2.2,
      widthMm: fieldMm,
      sizePt: 10,
    })),
    ...inEnglish.map((text, i) => ({
      text,
      leftMm: spare.leftMm,
      baselineMm: spare.topMm + i * 5.2,
      widthMm: 88,
      sizePt: i === 0 ? 11 : 9,
    })),
    { text: `dokodemo calibration sheet ${sheetVersion}`, leftMm: 85, baselineMm: 286, widthMm: 60, sizePt: 7.5 },
  ]; // biome-ignore format: one line each
}

/** The day on which this version was drawn: the same version is the same file. */
const drawnAt = '2026-11-28T00:00:00+09:00';

export function drawCalibrationSheet(engine: FormEngine): Uint8Array {
  return engine.renderPlainSheet({
    title: `地紋の調整用紙 calibration sheet ${sheetVersion}`,
    createdAt: drawnAt,
    ground: drawCalibrationMask(calibrationLayout),
    texts: textsOf(),
    boxes: [{ leftMm: 107.9, topMm: 210.5, widthMm: 92.1, heightMm: 54 }],
  });
}
