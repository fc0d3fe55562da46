/** The word is not seen on the paper and is seen on its copy, by the simulated printer and copier. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isBlack } from '../bit-image.ts';
import { copied, copierModes, lightness } from '../copier/copier.ts';
import { dotField, drawGround, groundProfiles, inWord, usualProfile } from './ground.ts';

const [thin, usual, medium, fat, heavy] = groundProfiles;
const side = 400;

/** L* of the field less that of the word: how much darker the word is. 1 is what an eye just sees. */
function seenBy(gain: number, { fine, large }: typeof usualProfile, dpi?: number): number {
  const [field, word] = [fine, large].map((dots) => {
    const page = dotField(side, side, dots);
    return lightness(dpi === undefined ? page : copied(page, copierModes[dpi] ?? assert.fail(), gain), gain);
  });
  return (field ?? 0) - (word ?? 0);
}

describe('the copy-evident word', () => {
  for (const [printer, gain, profile] of [
    ['that prints thin', 0.5, thin],
    ['as usual', 0.4, usual],
    ['that prints a little fat', 0.38, medium],
    ['that prints fat', 0.33, fat],
    ['that prints very fat', 0.29, heavy],
  ] as const) {
    test(`on a printer ${printer}: hidden on the paper, legible on a copy`, () => {
      const chosen = profile ?? usualProfile;
      assert.ok(Math.abs(seenBy(gain, chosen)) < 0.7, `${seenBy(gain, chosen)}`);
      for (const dpi of [200, 300, 600])
        assert.ok(seenBy(gain, chosen, dpi) > 2, `${dpi}: ${seenBy(gain, chosen, dpi)}`);
    });
  }

  test('needs a profile between usual and fat: the one is lost on copies, the other shows on the paper', () => {
    assert.ok(seenBy(0.38, usual ?? usualProfile, 600) < 1);
    assert.ok(seenBy(0.38, fat ?? usualProfile) > 1);
  });

  test('needs the profile for fat printers there, where a copier of 600 dpi would not show the usual one', () => {
    assert.ok(seenBy(0.33, usual ?? usualProfile, 600) < 1);
  });

  test('needs the profile of its printer: with that of another it shows on the paper', () => {
    assert.ok(seenBy(0.4, fat ?? usualProfile) > 1);
    assert.ok(seenBy(0.5, usual ?? usualProfile) > 1);
  });

  test('stands on the whole page, in dots of the large kind where the word is and of the fine kind elsewhere', () => {
    const ground = drawGround();
    assert.deepEqual([ground.width, ground.height], [4_960, 7_016]);
    let [word, field, wordInk, fieldInk] = [0, 0, 0, 0];
    for (let y = 8; y < ground.height; y += 3) {
      for (let x = 8; x < ground.width; x += 3) {
        const ink = isBlack(ground, x, y) ? 1 : 0;
        if (inWord(x, y, usualProfile.large.pitch)) {
          word++;
          wordInk += ink;
        } else {
          field++;
          fieldInk += ink;
        }
      }
    }
    const share = word / (word + field);
    assert.ok(share > 0.15 && share < 0.5, `${share}`);
    assert.ok(
      Math.abs(wordInk / word - 0.082) < 0.01 && Math.abs(fieldInk / field - 0.08) < 0.012,
      `${wordInk / word} ${fieldInk / field}`,
    );
  });
});
