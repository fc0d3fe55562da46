/** No original is taken for a copy, and copies are told, by the simulated printer, copier and scanner. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { groundProfiles } from '../background/ground.ts';
import { blankImage } from '../bit-image.ts';
import { copied, copierModes, printed } from '../copier/copier.ts';
import { keepFront } from '../read/front-scan.ts';
import { layOver } from '../read/lay-over.ts';
import { frontOnGround, type Scanner, scanOf, signedPart } from '../testing/printed-front.ts';
import { judgeOriginality } from './originality.ts';

type Scan = ReturnType<typeof scanOf>;

function judged({ picture, corners }: Scan) {
  const kept = keepFront(picture, corners);
  return judgeOriginality(layOver(signedPart.picture, signedPart.dpi, kept), kept);
}

const gains = { thin: 0.5, usual: 0.4, medium: 0.38, fat: 0.33, heavy: 0.29 } as const;
const scanners: readonly Scanner[] = [{ dpi: 200 }, { dpi: 300, shade: 0.4, noise: 8, white: 0.7 }];

for (const profile of groundProfiles) {
  const gain = gains[profile.name as keyof typeof gains];
  describe(`on a printer that prints ${profile.name}`, () => {
    const front = frontOnGround(profile);
    let paper: ReturnType<typeof printed>;
    before(() => {
      paper = printed(front, gain);
    });
    for (const scanner of scanners) {
      test(`an original scanned at ${scanner.dpi} dpi does not show the word`, () => {
        const { reply, measure } = judged(scanOf(paper, scanner));
        assert.equal(reply.code, 'word-does-not-show', JSON.stringify(measure));
        assert.equal(reply.answer, 'unproven');
      });
    }
    test('a copy shows it', () => {
      const copy = copied(front, copierModes[300] ?? assert.fail(), gain);
      const { reply, measure } = judged(scanOf(printed(copy, gain), scanners[1] ?? assert.fail()));
      assert.deepEqual([reply.answer, reply.code], ['false', 'word-shows'], JSON.stringify(measure));
    });
  });
}

describe('a scan that does what copiers do, or too little, tells nothing', () => {
  const front = frontOnGround(groundProfiles[1] ?? assert.fail());
  const paper = printed(front, 0.4);
  const scan = scanOf(paper, { dpi: 200 });
  const cannot = (of: Scan) => assert.equal(judged(of).reply.code, 'cannot-tell-the-word');
  test('of black and white only', () => cannot(scanOf(paper, { dpi: 300, bilevel: true, white: 0.6 })));
  test('that makes paper white', () => cannot(scanOf(paper, { dpi: 300, white: 1.15, shade: 0, noise: 0 })));
  test('in the dark', () => cannot(scanOf(paper, { dpi: 200, white: 0.12 })));
  test('of something else', () => {
    const blank = blankImage(front.width, front.height);
    cannot({ ...scanOf(printed(blank, 0.4), { dpi: 200 }), corners: scan.corners });
  });
  test('too coarse', () => {
    const [width, height] = [scan.picture.width >> 1, scan.picture.height >> 1];
    const at = (i: number) =>
      scan.picture.pixels[2 * Math.floor(i / width) * scan.picture.width + 2 * (i % width)] ?? 0;
    const pixels = Uint8Array.from({ length: width * height }, (_, i) => at(i));
    cannot({ picture: { width, height, pixels }, corners: scan.corners.map(({ x, y }) => ({ x: x / 2, y: y / 2 })) });
  });
});
