/** What is the same is called the same, and nothing else is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { besideClaim, likenessOf, readable } from './beside-register.ts';

test('space is no difference, a variant form is one of its own, another character is another', () => {
  const of = (claimed: string, found: string) => likenessOf({ text: claimed }, { text: found });
  assert.equal(of('町田　見本', '町田 見本'), 'same');
  assert.equal(of('辻\u{E0100}　一', '辻　一'), 'variant');
  assert.equal(of('辻\u{E0100}　一', '辻\u{E0101}　一'), 'variant');
  assert.equal(of('高野　一', '髙野　一'), 'differs');
});

test('characters without a code point are compared by the character that they are', () => {
  const first = { text: '\u{E000}野', glyphs: { '\u{E000}': 'MJ055353' } };
  assert.equal(readable(first), '［MJ055353］野');
  assert.equal(likenessOf(first, { text: '\u{E001}野', glyphs: { '\u{E001}': 'MJ055353' } }), 'same');
  assert.equal(likenessOf(first, { text: '\u{E000}野', glyphs: { '\u{E000}': 'MJ000001' } }), 'differs');
});

test('the most alike stands first, whoever was removed last', () => {
  const claim = {
    name: { text: '町田　見本' },
    birth: { text: '昭和55年4月12日', iso: '1980-04-12' },
    registeredDomicile: { text: '見本県どこでも市港町二丁目5番地' },
    headOfFamilyRegister: { text: '町田　見本' },
  };
  const found = (addresseeNumber: string, more: object = {}) => ({
    ...claim,
    addresseeNumber,
    familyRegisterId: '1',
    removed: false,
    ...more,
  });
  const { candidates } = besideClaim({
    enrolment: { enrolmentId: '1', from: '483028', at: '', claim },
    candidates: [
      found('gone', { removed: true }),
      found('born-later', { birth: { text: '昭和55年4月13日', iso: '1980-04-13' }, name: { text: '町田　一' } }),
      found('same-day-in-other-words', { birth: { text: '1980年4月12日', iso: '1980-04-12' } }),
    ],
  });
  assert.deepEqual(
    candidates.map(({ addresseeNumber, differing }) => [addresseeNumber, differing]),
    [
      ['same-day-in-other-words', 0],
      ['born-later', 2],
      ['gone', 0],
    ],
  );
});
