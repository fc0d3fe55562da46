/** From a visit to a kiosk to the portal's word on what came out of it, and to the log that bears it out. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { systemClock } from '@dokodemo/domain';
import { askPortal, openToolsInNode, readTrustBundle, type StatusQuestion, verifyFiles } from '@dokodemo/proof';
import { openCommandKiosk, type PaperSheet } from './command-kiosk.ts';
import { openTown } from './town.ts';
import { openTownFolder } from './town-folder.ts';
import { openTrust } from './trust.ts';
import { walk } from './walk.ts';

const root = mkdtempSync(path.join(tmpdir(), 'log-town-'));
after(() => rmSync(root, { recursive: true, force: true }));
const bundleFile = path.join(root, 'trust', 'bundle.json');
const bundle = () => readTrustBundle(readFileSync(bundleFile, 'utf8'));

test('a town from before there was a log gets a new bundle, once', async () => {
  const folder = openTownFolder(root);
  await openTrust(folder, systemClock);
  const { logs, ...old } = bundle();
  assert.equal(logs?.length, 1);
  writeFileSync(bundleFile, JSON.stringify(old));
  await openTrust(folder, systemClock);
  assert.deepEqual(bundle().logs, logs);
  assert.deepEqual(bundle().authorities, old.authorities);
  const stamp = readFileSync(bundleFile, 'utf8');
  await openTrust(folder, systemClock);
  assert.equal(readFileSync(bundleFile, 'utf8'), stamp);
});

async function issue(medium: 'paper' | 'electronic'): Promise<readonly PaperSheet[]> {
  const kiosk = await openCommandKiosk({ root });
  try {
    const memory = await walk({
      kiosk: kiosk.kiosk,
      hands: await kiosk.hands('taro', 'cash'),
      wishes: {
        pin: '1234',
        language: 'ja',
        kindId: 'residence',
        copies: 1,
        payWith: 'cash',
        givesUp: true,
        answer: ({ questionId }) =>
          questionId === '@municipality' ? ['m-482013'] : questionId === 'medium' ? [medium] : undefined,
      },
      clock: systemClock,
    });
    assert.ok(memory.delivered, memory.refusals.join());
    return kiosk.takePaper();
  } finally {
    await kiosk.close();
  }
}

test('what was issued is known to the portal and stands in the log; with another code it is unknown', async () => {
  const town = await openTown({ root, residents: 60, basePort: 'free' });
  try {
    const { logs = [] } = bundle();
    const ask = askPortal({ portal: town.portalUrl, logs, fetch });
    for (const medium of ['paper', 'electronic'] as const) {
      const sheets = await issue(medium);
      const isSigned = sheets.every(({ pdf }) => Buffer.from(pdf).includes('/ByteRange'));
      assert.equal(isSigned, medium === 'electronic');
      const asked: StatusQuestion[] = [];
      const files = sheets.map(({ name, pdf }) => ({ name, bytes: pdf }));
      const verified = await verifyFiles(files, await openToolsInNode(), {
        trust: bundle(),
        ask: (of) => {
          asked.push(of);
          return askUntilSealed(ask, of);
        },
      });
      const [question] = asked;
      assert.ok(question, JSON.stringify(verified));
      const said = await ask(question);
      assert.deepEqual([said.answer, said.code, said.values?.log], ['holds', 'handed-over', 'included'], medium);
      assert.ok(JSON.stringify(verified).includes('"handed-over"'), medium);
      const code = question.code.startsWith('0') ? `1${question.code.slice(1)}` : `0${question.code.slice(1)}`;
      assert.equal((await ask({ ...question, code })).code, 'unknown-document');
      const fronts = question.fronts.map((front) => front.map((byte) => byte ^ 1));
      const other = await ask({ ...question, fronts });
      assert.deepEqual([other.answer, other.code, other.values?.why], ['false', 'not-in-the-log', 'other-fronts']);
    }
  } finally {
    await town.stop();
  }
});

/** The seal and the log follow the commit by some tenths of a second: asked until they have, so often at most. */
async function askUntilSealed(ask: ReturnType<typeof askPortal>, of: StatusQuestion) {
  let said = await ask(of);
  for (let i = 0; i < 20 && said.answer !== 'holds'; i++) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    said = await ask(of);
  }
  return said;
}
