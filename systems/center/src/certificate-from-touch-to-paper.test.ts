import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holderDigest, openDocument, openLabels } from '@dokodemo/protocol';
import { certificateDer } from '@dokodemo/protocol/authority';
import { sealedNames } from './testing/menu.ts';
import { makeWorld, TestKiosk } from './testing/world.ts';

test('a resident chooses, confirms, pays and takes; the issuer hears that it was handed over', async () => {
  const world = await makeWorld();
  const kiosk = new TestKiosk(world);
  const terms = await kiosk.open();
  assert.equal(terms.seq, 0);
  assert.equal(terms.screen.kind, 'notice');
  assert.equal((await kiosk.give({ kind: 'agree' })).screen.kind, 'present-card');

  const certificate = Buffer.from('a certificate');
  const credential = { kind: 'jpki' as const, certificate: certificate.toString('base64') };
  const pin = await kiosk.give({ kind: 'credential', credential, triesLeft: 3 });
  assert.ok(pin.screen.kind === 'enter-pin');
  const { visitId } = pin.screen;
  const proved = await kiosk.give({ kind: 'proof', signature: 'AAAA' });
  assert.equal(proved.screen.kind, 'remove-card');
  assert.equal(proved.sealedLabels, undefined);

  const menu = await kiosk.give({ kind: 'card-removed' });
  assert.ok(menu.screen.kind === 'choose' && menu.screen.questionId === '@kind');
  assert.deepEqual(
    menu.screen.options.map(({ id, closed }) => [id, closed]),
    [
      ['residence', undefined],
      ['seal', undefined],
      ['tax', undefined],
      ['family', undefined],
      ['abstract', undefined],
      ['old', 'HOURS'],
    ],
  );
  assert.ok(menu.sealedLabels !== undefined);
  assert.deepEqual(openLabels(kiosk.key, Buffer.from(menu.sealedLabels, 'base64'), visitId), sealedNames);

  await kiosk.give({ kind: 'chosen', questionId: '@kind', optionIds: ['residence'] });
  const members = await kiosk.give({ kind: 'chosen', questionId: 'scope', optionIds: ['some'] });
  assert.ok(members.screen.kind === 'choose' && members.screen.questionId === 'members');
  assert.deepEqual(members.screen.options[0]?.label, { sealed: 0 });
  await kiosk.give({ kind: 'chosen', questionId: 'members', optionIds: ['m2'] });
  await kiosk.give({ kind: 'chosen', questionId: 'show', optionIds: [] });
  const confirm = await kiosk.give({ kind: 'copies', copies: 2 });
  assert.ok(confirm.screen.kind === 'confirm');
  assert.equal(confirm.screen.feeYen, 600);

  const pay = await kiosk.give({ kind: 'confirmed', feeYen: 600 });
  assert.ok(pay.screen.kind === 'pay');
  const { applicationId } = pay.screen;
  const fetched = await world.center.handlers.fetchDocument({
    peer: kiosk.peer,
    params: { sessionId: kiosk.sessionId, applicationId },
    body: null,
  });
  assert.ok(fetched.ok);
  const opened = openDocument(
    kiosk.key,
    { aad: Buffer.from(fetched.value.aad, 'base64'), sealed: Buffer.from(fetched.value.sealed, 'base64') },
    {
      sessionId: kiosk.sessionId,
      visitId,
      applicationId,
      terminalId: kiosk.terminalId,
      holder: holderDigest(certificate),
      municipality: '482013',
      kindId: 'residence',
      copies: 2,
      feeYen: 600,
      chosen: {
        answers: { scope: ['some'], members: ['m2'], show: [] },
        put: new Set(['scope', 'members', 'show']),
        confirmed: ['scope', 'members', 'show'],
      },
      nowMs: world.time.now(),
      documentAuthority: certificateDer(world.keys.authority.certificate),
    },
  );
  assert.ok(opened.ok, JSON.stringify(opened));

  const reported = await kiosk.report(...kiosk.wellDelivered(applicationId, 600, 2));
  assert.ok(reported.ok && reported.value.accepted.length === 6);
  const another = await kiosk.give({ kind: 'delivered', applicationId, outcome: 'captured' });
  assert.equal(another.screen.kind, 'another');
  assert.equal((await kiosk.give({ kind: 'finish' })).screen.kind, 'end');

  await world.center.tick();
  assert.deepEqual(
    world.issuer.outcomes.map(({ outcome }) => outcome),
    ['handed-over'],
  );
  assert.equal(world.store.papers.size, 0);
  world.time.at += 86_400_000;
  assert.equal((await world.center.tick()).looked, 0);
});
