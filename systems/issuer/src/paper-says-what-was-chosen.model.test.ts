/** With the house's own form: what stands on the sheets that the kiosk opens is what was chosen, of whom it was chosen,
 *  and nothing of anybody else. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type FormEngine, openFormEngine } from '@dokodemo/documents';
import type { Household, Resident } from '@dokodemo/domain';
import fc from 'fast-check';
import type { Forms } from './kinds/all-kinds.ts';
import { foreign, japanese } from './testing/people.ts';
import {
  createWorld,
  enter,
  type Keys,
  makeKeys,
  openAtKiosk,
  prepare,
  profileOf,
  refusedAs,
  value,
  wishBody,
} from './testing/world.ts';

let keys: Keys;
let engine: FormEngine;
before(async () => {
  keys = await makeKeys();
  engine = openFormEngine();
});

const names = ['佐藤 花子', '鈴木 次郎', '高橋 三郎', '田中 四季', '渡辺 五月', '伊藤 六花', '山本 七海'];
/** Every member's values differ from everybody else's. */
function householdOf(foreigners: readonly boolean[]): Household {
  return {
    householdNumber: '5001',
    address: { text: '見本県どこでも市本町一丁目2番3号' },
    headName: { text: '世帯 主人' },
    members: foreigners.map((isForeign, i): Resident => {
      const number = String(101 + i);
      const relationship = ['世帯主', '夫', '子', '父', '母', '兄', '妹'][i] ?? '同居人';
      return isForeign
        ? foreign(number, `PERSON ${'ABCDEFG'[i]}`, { relationship, particulars: foreignOf(i) })
        : japanese(number, names[i] ?? '', { relationship });
    }),
  };
}
function foreignOf(i: number): Resident['particulars'] {
  const base = foreign(String(101 + i), '').particulars;
  return { ...base, statusOfResidence: `資格${i}`, nationality: `国籍${i}` } as Resident['particulars'];
}

const spaced = (digits: string | undefined) => digits?.replace(/(\d{4})(?=\d)/g, '$1 ') ?? '';

/** What identifies a member on paper, by the option that brings it there. */
function marksOf({ name, individualNumber, particulars: p }: Resident): readonly [string, string][] {
  return [
    ['', name.text],
    ['individual-number', spaced(individualNumber)],
    ...(p.kind === 'japanese'
      ? ([
          ['domicile', p.registeredDomicile.text],
          ['domicile', p.headOfFamilyRegister.text],
        ] as [string, string][])
      : ([
          ['nationality', p.nationality],
          ['status', p.statusOfResidence],
          ['card-number', p.residenceCardNumber],
        ] as [string, string][])),
  ];
}

test('the paper says what was chosen of those who were chosen, and nothing of anybody else', async () => {
  const options = ['head', 'domicile', 'individual-number', 'nationality', 'status', 'card-number'];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 2, maxLength: 7 }),
      fc.constantFrom('all', 'some', 'holder'),
      fc.integer({ min: 1, max: 127 }),
      fc.subarray(options),
      async (foreigners, scope, bits, wished) => {
        const household = householdOf(foreigners);
        const said = new Map<string, readonly string[]>();
        const listening: Forms = {
          ...engine,
          renderResidenceCertificate(order) {
            const drawn = engine.renderResidenceCertificate(order);
            if (drawn.ok) for (const sheet of drawn.sheets) said.set(sheet.digest, sheet.said);
            return drawn;
          },
        };
        const [seal] = profileOf(keys, '482013').seals;
        assert.ok(seal);
        const image = { widthMm: 21, image: { width: 8, height: 1, bits: Uint8Array.of(0xff) } };
        const world = createWorld(keys, { engine: listening, profile: { seals: [{ ...seal, image }] } });
        world.register.households[0] = household;
        const { session, menu } = await enter(world);
        const offered = menu.kinds[0]?.questions.at(-1)?.options.map(({ id }) => id) ?? [];
        const show = wished.filter((id) => offered.includes(id));
        const chosen = household.members.filter(
          (_, i) => scope === 'all' || (scope === 'holder' && i === 0) || (scope === 'some' && (bits >> i) & 1),
        );
        if (chosen.length === 0) return;
        const members =
          scope === 'some' ? { members: chosen.map((it) => `m${household.members.indexOf(it) + 1}`) } : {};
        const wish = wishBody(world, { answers: { scope: [scope], show, ...members } });
        const { binding } = value(openAtKiosk(world, session, wish, value(await prepare(world, session, wish))));
        const paper = binding.sheetDigests.flatMap((digest) => said.get(digest) ?? assert.fail('an unheard-of sheet'));
        for (const member of household.members) {
          for (const [option, mark] of marksOf(member)) {
            const expected = chosen.includes(member) && (option === '' || show.includes(option));
            assert.equal(paper.includes(mark), expected, `${member.addresseeNumber} ${option || 'name'}`);
          }
        }
        assert.equal(paper.includes('世帯 主人'), show.includes('head'));
        const whole = chosen.length === household.members.length;
        assert.equal(paper.filter((line) => line.includes('世帯全員の')).length, whole ? 1 : 0);
        assert.equal(paper.filter((line) => line.includes('世帯の一部の')).length, whole ? 0 : 1);
        const sheets = binding.sheetDigests.length;
        for (const [i, digest] of binding.sheetDigests.entries()) {
          const number = `${binding.documentNumbers[0]}　${i + 1}/${sheets}`;
          assert.ok(
            said.get(digest)?.some((line) => line.includes(number)),
            'each sheet has its number',
          );
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a character that no font has is refused, and the record does not say which', async () => {
  const world = createWorld(keys, { engine });
  const [household] = world.register.households;
  assert.ok(household);
  world.register.households[0] = { ...household, members: [japanese('101', '佐藤 \u{10ABCD}子')] };
  const { session } = await enter(world);
  const wish = wishBody(world, { answers: { scope: ['all'], show: [] } });
  const reply = await prepare(world, session, wish);
  assert.match(refusedAs(reply, 'GLYPH_MISSING'), /^(name|a field)$/);
});
