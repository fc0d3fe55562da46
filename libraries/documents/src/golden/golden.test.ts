/**
 * Each paper looks as it did when somebody last looked at it, and says the same. `GOLDEN=update` writes anew what is
 * kept beside this file: look at every picture before it is committed.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openFormEngine } from '../form-engine.ts';
import { drawn, missing, textOf } from '../testing/judges.ts';
import { papers } from '../testing/papers.ts';
import { difference, readPng, writePng } from '../testing/picture.ts';

const update = process.env.GOLDEN === 'update';
const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const dpi = 72;
/** Measured: hair lines drawn another way differ by 39, one name in place of another by 69. */
const tolerance = 45;

describe('papers as somebody has looked at them', { skip: missing('pdftoppm', 'pdftotext') }, () => {
  const engine = openFormEngine();
  for (const [name, rendered] of Object.entries(papers(engine))) {
    test(name, () => {
      assert.ok(rendered.ok, JSON.stringify(rendered));
      for (const [i, { pdf }] of rendered.sheets.entries()) {
        const picture = beside(`${name}-${i + 1}.png`);
        const words = beside(`${name}-${i + 1}.txt`);
        const [look, text] = [drawn(pdf, dpi), textOf(pdf)];
        if (update) {
          writeFileSync(picture, writePng(look));
          writeFileSync(words, `${text}\n`);
        }
        assert.ok(existsSync(picture), `${picture} is new: nobody has looked at it`);
        assert.equal(`${text}\n`, readFileSync(words, 'utf8'));
        const off = difference(look, readPng(readFileSync(picture)));
        assert.ok(off <= tolerance, `sheet ${i + 1} of ${name} looks different (${off.toFixed(0)} > ${tolerance})`);
      }
      assert.ok(!existsSync(beside(`${name}-${rendered.sheets.length + 1}.png`)), 'it had more sheets');
    });
  }
});
