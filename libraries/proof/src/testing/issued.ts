/** Copies as an issuer makes them: real fronts of the form engine, with ground, mark and coded backs. */
import { type FormEngine, readPages } from '@dokodemo/documents';
import { samplesOf } from '@dokodemo/documents/samples';
import { municipalityCode } from '@dokodemo/domain';
import { drawBack } from '../back/back-page.ts';
import { drawGround } from '../background/ground.ts';
import { drawMark, markPlace } from '../front-mark.ts';
import { makeCheckCode, printedCheckCode } from '../seal/check-code.ts';
import { type BackSigner, makeBackKey, sealBack } from '../seal/seal-back.ts';
import { sha256 } from '../sha256.ts';
import { entropyOf } from './facts.ts';

export const issuedAt = '2026-11-23T10:00:00.000+09:00';

export type IssuedCopy = {
  readonly code: string;
  readonly documentNumber: string;
  /** Of each sheet: front and back. */
  readonly sheets: readonly Uint8Array[];
};

const municipality = municipalityCode('482013');

/** `engine`: may fill the form with something else than the sample says. */
export function renderFronts(engine: FormEngine, formId: string, sample: number, code: string, documentNumber: string) {
  const { leftMm, topMm, sideMm } = markPlace;
  const rendered = samplesOf(formId)[sample]?.render(engine, {
    municipality,
    municipalityName: '見本県どこでも市',
    documentNumber,
    issuedOn: '2026-11-23',
    issuedAt,
    certifier: {
      title: '見本県どこでも市長',
      name: { text: '見本　一郎' },
      seal: engine.drawSeal('どこでも市長之印', 21),
    },
    specimen: true,
    proof: {
      checkCode: printedCheckCode(code),
      mark: { image: drawMark(code), leftMm, topMm, sideMm },
      ground: drawGround(),
    },
  });
  if (rendered?.ok !== true) throw new RangeError(`${formId} ${sample}: ${JSON.stringify(rendered)}`);
  return rendered;
}

export function issueCopy(engine: FormEngine, signer: BackSigner, formId: string, sample = 0, seed = 1): IssuedCopy {
  const entropy = entropyOf(seed);
  const code = makeCheckCode(entropy.bytes(15));
  const documentNumber = `20261123-482013-${String(seed).padStart(7, '0')}`;
  const rendered = renderFronts(engine, formId, sample, code, documentNumber);
  const fronts = rendered.sheets.map(({ pdf }) => sha256(pdf));
  const key = makeBackKey(code, entropy);
  const sheets = rendered.sheets.map(({ pdf }, i) => {
    const [page] = readPages(pdf);
    if (page === undefined) throw new RangeError('a sheet without a page');
    const facts = {
      ...{ issuer: '482013', issuerName: '見本県どこでも市', kindId: formId, documentNumber, issuedAt },
      ...{ sheet: i + 1, sheets: fronts.length, specimen: true, fronts, words: page.words() },
      ...{ picture: page.draw(150).blackerThan(96, 40), pictureDpi: 150 },
    };
    const field = drawBack(sealBack(facts, signer, key, entropy), sha256);
    if (field === undefined) throw new RangeError('too much for a back');
    return new Uint8Array(engine.backs.addBack(pdf, field));
  });
  return { code, documentNumber, sheets };
}
