import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { town } from './testing/people.ts';
import {
  createWorld,
  enter,
  type Keys,
  makeKeys,
  openAtKiosk,
  prepare,
  readPaper,
  tell,
  value,
  wishBody,
} from './testing/world.ts';

let keys: Keys;
before(async () => {
  keys = await makeKeys();
});

test('a card is put down, its holder chooses, the paper is this household’s and carries what was asked for', async () => {
  const world = createWorld(keys);
  const { session, menu, labels } = await enter(world);
  const [kind] = menu.kinds;
  assert.ok(kind);
  assert.deepEqual([kind.id, kind.feeYen, kind.closed], ['residence', 300, undefined]);
  assert.deepEqual(
    kind.questions.map(({ id }) => id),
    ['scope', 'members', 'show'],
  );
  assert.deepEqual(labels, ['佐藤 花子', 'SMITH JOHN', '佐藤 一郎']);

  const wish = wishBody(world, { answers: { scope: ['some'], members: ['m2', 'm1'], show: ['head'] }, copies: 2 });
  const reply = value(await prepare(world, session, wish));
  assert.deepEqual(reply.documentNumbers, ['20261123-482013-0000001', '20261123-482013-0000002']);
  const { binding, sheets } = value(openAtKiosk(world, session, wish, reply));
  assert.deepEqual(
    reply.papers.map(({ number }) => number),
    reply.documentNumbers,
  );
  // Drawn without a check code: nobody can ask for it, and two alike do not look alike.
  assert.ok(reply.papers.every(({ inquiry }) => inquiry === undefined));
  assert.notEqual(reply.papers[0]?.digest, reply.papers[1]?.digest);
  assert.deepEqual(value(await prepare(world, session, wish)).papers, reply.papers);
  assert.equal(reply.sheets, 2);
  assert.deepEqual(
    readPaper(sheets).map(({ lines, frame }) => ({ lines, number: frame.documentNumber, specimen: frame.specimen })),
    reply.documentNumbers.map((number) => ({
      lines: [
        'name 佐藤 花子',
        'head 佐藤 花子',
        'relationship 世帯主',
        'name SMITH JOHN',
        'head 佐藤 花子',
        'relationship 夫',
      ],
      number,
      specimen: true,
    })),
  );

  assert.deepEqual(await world.issuer.history.documentStatus(town, reply.documentNumbers[0] ?? ''), {
    status: 'unknown',
  });
  value(await tell(world, wish.applicationId, 'handed-over', [...binding.sheetDigests]));
  assert.equal((await world.issuer.history.documentStatus(town, reply.documentNumbers[1] ?? '')).status, 'issued');
  const record = await world.issuer.history.application(town, wish.applicationId);
  assert.deepEqual(record?.issue?.subjects, ['101', '102']);
  assert.deepEqual(record?.issue?.shown, ['headAndRelationship']);
  assert.equal(record?.reply, undefined);
});
