/** Whatever stands in a register: it is on the paper as it is, inside its box, or there is no paper. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { loadFont } from '../font/font-file.ts';
import { glyphsOf, widthOf } from '../font/text-glyphs.ts';
import { readTrueType, type TrueTypeFont } from '../font/true-type.ts';
import { type FormEngine, openFormEngine } from '../form-engine.ts';
import { missing, squeezed, textOf } from '../testing/judges.ts';
import { everything, frameOf, japanese, snapshotOf } from '../testing/residents.ts';
import { fitParagraphs, leading, pointsPerMm } from './fitting.ts';

const characters = [
  ...'見本渡邉齋藤髙﨑𠮷田葛城辻一二三四五丁目番地号県市区町村字大中小上下山川',
  ...'アイウエオャュョーッがぎぐげごぁぃっ、。・（）「」【】々ABCxyz0123456789０１２３-. 　',
  '邉\u{E010F}', '葛\u{E0102}', '辻\u{E0102}', '祇\u{E0103}', '芦\u{E0105}', '齋\u{E0103}',
]; // biome-ignore format: one list
const text = (maxLength: number) =>
  fc.array(fc.constantFrom(...characters), { minLength: 1, maxLength }).map((it) => it.join(''));

describe('a text', () => {
  let font: TrueTypeFont;
  let engine: FormEngine;
  before(() => {
    font = readTrueType(loadFont());
    engine = openFormEngine();
  });

  test('in a box is whole, in order and inside, or does not fit', () => {
    fc.assert(
      fc.property(
        fc.array(text(120), { minLength: 1, maxLength: 3 }),
        fc.double({ min: 8, max: 170, noNaN: true }),
        fc.double({ min: 4, max: 40, noNaN: true }),
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        (texts, widthMm, heightMm, maxLines, minCondense) => {
          const paragraphs = texts.map((it) => glyphsOf(font, { text: it }));
          const fit = { sizePt: 11, minSizePt: 6, minCondense, maxLines };
          const fitted = fitParagraphs(paragraphs, widthMm, heightMm, fit);
          const narrowest = (widthMm * pointsPerMm * 1000) / (6 * Math.max(minCondense, 0.5));
          if (fitted === undefined) {
            const isShort = paragraphs.length === 1 && widthOf(paragraphs[0] ?? []) <= narrowest * 0.9;
            assert.ok(!isShort, 'a line that fits at its smallest was refused');
            return;
          }
          const { lines, sizePt, condense } = fitted;
          assert.equal(
            lines
              .flat()
              .map((it) => it.text)
              .join(''),
            texts.join(''),
          );
          assert.ok(lines.length <= maxLines && sizePt >= 6 && condense >= minCondense - 0.001);
          for (const line of lines) {
            // A space at the end hangs over the edge, where nobody sees it.
            const seen = line.slice(0, line.findLastIndex((it) => it.text.trim() !== '') + 1);
            assert.ok((widthOf(seen) / 1000) * sizePt * condense <= widthMm * pointsPerMm + 0.01);
          }
          const tall = ((lines.length - 1) * leading + 1) * sizePt;
          assert.ok(lines.length === 1 || tall <= heightMm * pointsPerMm);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('no line begins with what must not begin one, nor parts a number', () => {
    fc.assert(
      fc.property(text(90), fc.integer({ min: 30, max: 60 }), (it, widthMm) => {
        const glyphs = glyphsOf(font, {
          text: `字${it.replaceAll(/[-、。・）」】ーッァィっぁぃゃャュョ々0-9A-Za-z０-９. 　（「【]/g, '')}番地1234号ヵ所。`,
        });
        const fitted = fitParagraphs([glyphs], widthMm, 500, {
          sizePt: 10,
          minSizePt: 10,
          minCondense: 1,
          maxLines: 60,
        });
        for (const line of fitted?.lines.slice(1) ?? []) assert.doesNotMatch(line[0]?.text ?? '', /[、。ーヵ234]/);
      }),
      { numRuns: 200 },
    );
  });

  test('on a certificate is what poppler reads from it', { skip: missing('pdftotext') }, () => {
    fc.assert(
      fc.property(
        text(40),
        text(70),
        text(60),
        fc.array(text(50), { maxLength: 4 }),
        (name, address, before, remarks) => {
          const resident = japanese('A1', name, { previousAddress: { text: before }, remarks });
          const rendered = engine.renderResidenceCertificate({
            snapshot: snapshotOf([resident], { address: { text: address } }),
            options: everything,
            memberNumbers: ['A1'],
            frame: frameOf(engine),
          });
          if (!rendered.ok) {
            assert.equal(rendered.code, 'TEXT_OVERFLOW');
            return;
          }
          const read = textOf(rendered.sheets[0]?.pdf ?? new Uint8Array());
          for (const given of [name, address, before, ...remarks]) assert.ok(read.includes(squeezed(given)), given);
        },
      ),
      { numRuns: 60 },
    );
  });
});
