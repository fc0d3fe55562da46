/** What foreign programs say of our files. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type FormEngine, openFormEngine } from './form-engine.ts';
import { fileOf, missing, run } from './testing/judges.ts';
import { papers } from './testing/papers.ts';

const sheetsOf = (engine: FormEngine) =>
  Object.values(papers(engine)).flatMap((rendered) => (rendered.ok ? rendered.sheets.map(({ pdf }) => pdf) : []));

describe('every sheet of every certificate', () => {
  let sheets: readonly Uint8Array[];
  before(() => {
    sheets = sheetsOf(openFormEngine());
    assert.ok(sheets.length >= 19);
  });

  test('is a sound file to qpdf, without a warning', { skip: missing('qpdf') }, () => {
    for (const pdf of sheets) assert.match(run('qpdf', '--check', fileOf(pdf)), /No syntax or stream encoding errors/);
  });

  test('embeds the one font as a subset and says what its glyphs mean', { skip: missing('pdffonts') }, () => {
    for (const pdf of sheets) {
      const fonts = run('pdffonts', fileOf(pdf)).trim().split('\n').slice(2);
      assert.equal(fonts.length, 1);
      assert.match(fonts[0] ?? '', /\+IPAmjMincho\s+CID TrueType\s+Identity-H\s+yes yes yes/);
    }
  });

  test('is one page of A4, in whole dots at 600 to an inch, and small', { skip: missing('pdfinfo') }, () => {
    for (const pdf of sheets) {
      const said = run('pdfinfo', fileOf(pdf));
      assert.match(said, /Pages:\s+1\n/);
      assert.match(said, /Page size:\s+595\.2 x 841\.92 pts/);
      assert.match(said, /Tagged:\s+yes/);
      assert.ok(pdf.length < 90_000, `${pdf.length} bytes`);
    }
  });

  test('has a structure that reads label before value, from the title to the foot', {
    skip: missing('pdfinfo'),
  }, () => {
    const said = run('pdfinfo', '-struct-text', fileOf(sheets[1] as Uint8Array)).replaceAll(/\s/g, '');
    assert.match(said, /^DocumentH1.*住民票.*住所.*見本県どこでも市.*氏名.*渡邉/);
    assert.match(said, /証明する。.*発行番号/);
  });
});

const java = '/usr/share/java';
const jars = ['preflight', 'pdfbox2', 'xmpbox', 'fontbox2', 'commons-logging', 'jaxb-api', 'javax.activation'].map(
  (name) => `${java}/${name}.jar`,
);

/** No judge of PDF/A-2 is to be had as a package; PDFBox judges PDF/A-1, which asks for more in what we use. */
test('the same sheets, made as PDF/A-1b, are valid to PDFBox', { skip: missing('java', ...jars) }, () => {
  const files = sheetsOf(openFormEngine({ pdfaPart: 1 })).map((pdf) => fileOf(pdf));
  for (const file of [0, 1, 6, 7, 14].map((i) => files[i] as string)) {
    const said = run('java', '-cp', jars.join(':'), 'org.apache.pdfbox.preflight.Validator_A1b', file);
    assert.match(said, /is a valid PDF\/A-1b file/);
  }
});
