/** Whatever card of the town and whatever is chosen of what its menu permits: paper of that holder with that kind's words
 *  and nobody else's name, or a reason. Over the real wire, in one small town. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { isRefusalCode, systemClock } from '@dokodemo/domain';
import fc from 'fast-check';
import { textOf } from './browser/testing/town-in-a-browser.ts';
import { openCommandKiosk } from './command-kiosk.ts';
import { type DemoCard, demoCards } from './demo-cards.ts';
import type { ChooseScreen } from './resident-at-kiosk.ts';
import { openTown } from './town.ts';
import { walk } from './walk.ts';

const root = mkdtempSync(path.join(tmpdir(), 'any-choice-'));
const town = await openTown({ root, residents: 60, basePort: 'free' });
after(async () => {
  await town.stop();
  rmSync(root, { recursive: true, force: true });
});

const wordsOf: Readonly<Record<string, RegExp>> = {
  'residence-items': /記載されている事項と相違ない/,
  seal: /登録されている印影と相違ない/,
  tax: /上記のとおり相違ない|納付済みであり、滞納がない/,
};

function pick({ options, atLeast, atMost }: ChooseScreen, bits: number): readonly string[] {
  const open = options.filter(({ closed }) => closed === undefined).map(({ id }) => id);
  if (atLeast === 1 && atMost === 1) return [open[bits % open.length] ?? ''];
  const some = open.filter((_, i) => (bits >> i) & 1);
  return some.length >= atLeast ? some : open.slice(0, atLeast);
}

async function visit(card: DemoCard, kindId: string, bits: readonly number[]) {
  const kiosk = await openCommandKiosk({ root });
  let asked = 0;
  try {
    const memory = await walk({
      kiosk: kiosk.kiosk,
      hands: await kiosk.hands(card.key, 'cash'),
      clock: systemClock,
      wishes: {
        pin: card.pin,
        language: 'ja',
        kindId,
        copies: 1,
        payWith: 'cash',
        givesUp: true,
        answer(screen) {
          // At home, where all of these are: elsewhere there are papers of the family register only.
          if (screen.questionId === '@place') return ['home'];
          if (screen.questionId === '@municipality') return [`m-${card.municipality}`];
          return pick(screen, bits[asked++ % bits.length] ?? 0);
        },
      },
    });
    return { memory, paper: kiosk.takePaper() };
  } finally {
    await kiosk.close();
  }
}

/** The family name and given name of a card, where they are written as on its label. */
const namesOf = ({ label }: DemoCard) => label.split(' ');

test('paper of the holder alone and of the kind that was asked for, or a reason', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...demoCards),
      fc.constantFrom(...Object.keys(wordsOf)),
      fc.array(fc.nat({ max: 63 }), { minLength: 6, maxLength: 6 }),
      async (card, kindId, bits) => {
        const { memory, paper } = await visit(card, kindId, bits);
        if (!memory.delivered) {
          assert.deepEqual(paper, []);
          const code = memory.refusals.at(-1) ?? 'no reason';
          assert.ok(isRefusalCode(code) && code !== 'DEFECT', `${card.key} ${kindId}: ${code}`);
          return;
        }
        const text = paper.map(({ pdf }) => textOf(pdf)).join('\n');
        assert.match(text, wordsOf[kindId] ?? /^$/);
        assert.match(text, /見 *本/);
        if (kindId === 'residence-items') return;
        // The papers of the holder alone name nobody else of the town.
        for (const other of demoCards) {
          const [family = '', given = ''] = namesOf(other);
          if (other === card || family === '' || given === '') continue;
          assert.doesNotMatch(
            text,
            new RegExp(`${family}\\s+${given}(?!\\S)`),
            `${card.key} ${kindId}: ${other.label}`,
          );
        }
      },
    ),
    { numRuns: 24 },
  );
});
