import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCheckCode, printedCheckCode, readCheckCode } from '@dokodemo/proof';
import fc from 'fast-check';
import { groupedAround, groupedCode, readDocumentNumber } from './typed.ts';

test('a document number in any writing', () => {
  const number = '20261123-482013-0000001';
  for (const typed of [
    number,
    '202611234820130000001',
    ' 20261123 482013 0000001 ',
    '２０２６１１２３－４８２０１３－０００００01',
  ])
    assert.equal(readDocumentNumber(typed), number, typed);
  for (const typed of ['', '20261123-482013-000001', '20261123-482013-00000011', 'abc', '2026112x-482013-0000001'])
    assert.equal(readDocumentNumber(typed), undefined, typed);
});

test('a check code stays what it is while it is grouped', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 15, maxLength: 15 }), (chance) => {
      const code = makeCheckCode(chance);
      for (const typed of [code, code.toLowerCase(), printedCheckCode(code)]) {
        const { shown, count } = groupedCode(typed);
        assert.equal(count, 16);
        assert.equal(shown, printedCheckCode(code));
        assert.equal(readCheckCode(shown), code);
      }
    }),
  );
});

test('a symbol that is typed or taken away anywhere leaves the caret where it was', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{0,15}$/),
      fc.nat(19),
      fc.constantFrom('X', 'x', 'Ｘ', '', '-'),
      (symbols, at, typed) => {
        const { shown } = groupedCode(symbols);
        const before = shown.slice(0, at);
        const after = groupedAround(before + typed + shown.slice(at), before.length + typed.length);
        const plain = (text: string) => text.replaceAll('-', '');
        assert.equal(
          plain(after.shown.slice(0, after.caret)),
          plain(before + typed)
            .normalize('NFKC')
            .toUpperCase(),
        );
        assert.equal(after.shown, groupedCode(plain(before + typed + shown.slice(at))).shown);
      },
    ),
  );
});
