/**
 * S6 at the kiosk: once a session has ended, nothing that says whose it was can be reached: not on the disk, not in what
 * panels are given, not in what operators read, not in the memory of the agent, not in its keys.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuidV7 } from '@dokodemo/domain';
import { Session } from './session.ts';
import { SessionMemory } from './session-memory.ts';
import { names as labels } from './testing/scripted-center.ts';
import { pin, secondPin, testEntropy, testKeys, World, type WorldOptions } from './testing/world.ts';

/** Everything that the person has brought or been shown, as text or as bytes. */
async function personal(world: World): Promise<readonly Uint8Array[]> {
  const { cards } = await testKeys();
  const certificates = cards.flatMap(({ certificateDer, ordinanceCertificateDer, serialHex }) => [
    certificateDer,
    Buffer.from(Buffer.from(certificateDer).toString('base64').slice(40, 400)),
    Buffer.from(serialHex),
    ...(ordinanceCertificateDer === undefined ? [] : [ordinanceCertificateDer]),
  ]);
  const papers = world.printer.tray().map(({ pdf }) => pdf);
  return [...labels.map((name) => Buffer.from(name)), Buffer.from('%PDF'), ...certificates, ...papers];
}

function assertNothingOf(secrets: readonly Uint8Array[], where: string, bytes: Uint8Array): void {
  const found = secrets.find((secret) => Buffer.from(bytes).includes(secret));
  assert.equal(
    found,
    undefined,
    `${where} holds ${Buffer.from(found ?? [])
      .toString('latin1')
      .slice(0, 40)}`,
  );
}

const asText = (value: unknown) => Buffer.from(JSON.stringify(value));

/** How a session may end. Each leaves the kiosk at its first screen, or closed. */
const ends: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  async 'paid and taken'(world) {
    await world.toPay(2);
    await world.pay();
    await world.leave();
  },
  async 'paper left lying'(world) {
    await world.toPay();
    await world.pay();
    await world.time.pass(400_000);
  },
  async 'stopped at the fee'(world) {
    await world.toPay();
    world.money.insert(100);
    await world.touch({ kind: 'stop' });
    await world.until('refunded');
    await world.touch({ kind: 'taken' });
    await world.until('welcome');
  },
  async 'gone from the menu'(world) {
    await world.toMenu();
    await world.time.pass(400_000);
  },
  async 'gone in the middle of the PIN'(world) {
    await world.toPin();
    for (const key of ['1', '2', '3'] as const) await world.touch({ kind: 'pin-key', key });
    await world.time.pass(100_000);
    world.reader.remove();
    await world.until('welcome');
  },
  async 'second PIN, paid and taken'(world) {
    await world.toMenu();
    await world.touch({ kind: 'chosen', questionId: '@kind', optionIds: ['family'] });
    await world.until('present-card');
    world.reader.insert(world.cards[0]?.card ?? assert.fail());
    await world.until('enter-pin');
    await world.enter(secondPin);
    await world.until('remove-card');
    world.reader.remove();
    await world.until('confirm');
    await world.touch({ kind: 'confirmed' });
    await world.until('pay');
    await world.pay();
    await world.leave();
  },
  async 'a document of somebody else'(world) {
    world.center.script.twist = (binding, sheets) => ({ binding: { ...binding, copies: binding.copies + 1 }, sheets });
    await world.toMenu();
    await world.choose();
    await world.until('notice');
    await world.touch({ kind: 'agree' });
    await world.until('out-of-service');
  },
  async 'a power cut with the first sheet out'(world) {
    await world.toPay(2);
    await world.pay();
    await world.time.pass(60_000, () => world.printer.tray().length === 1);
    world.cut(1_000);
    await world.time.pass(5_000);
    await world.powerOn();
    await world.time.pass(400_000);
  },
  async 'a printer that says nothing: an open case'(world) {
    await world.toPay();
    world.printer.setCondition('jam', true);
    await world.pay();
    await world.time.pass(1_500_000);
  },
};

for (const [name, end] of Object.entries(ends)) {
  test(`${name}: no name, number, PIN, label or document is left on disk, panel or in what operators read`, async () => {
    const memories: SessionMemory[] = [];
    const forget = SessionMemory.prototype.forget;
    SessionMemory.prototype.forget = function (this: SessionMemory) {
      memories.push(this);
      forget.call(this);
    };
    const pins: Uint8Array[] = [];
    const around: NonNullable<WorldOptions['around']> = (port, it) => {
      if (port !== 'pinPad') return it;
      const pad = it as { take(): Uint8Array };
      const take = () => {
        const taken = pad.take();
        pins.push(taken);
        return taken;
      };
      return { ...it, take };
    };
    try {
      const world = await World.open({ around });
      await end(world);
      await world.time.pass(120_000);
      const secrets = await personal(world);
      const { screen } = world;
      assert.ok(['welcome', 'out-of-service'].includes(screen.kind), screen.kind);
      assertNothingOf(secrets, 'the journal', world.file.bytes());
      assertNothingOf(secrets, 'the lines for people', asText(world.kiosk.journalLines()));
      assertNothingOf(secrets, 'a note', asText(world.notes));
      assertNothingOf(secrets, 'a fact', asText(world.center.facts));
      assertNothingOf(secrets, 'the screen', asText(world.kiosk.state()));
      assertNothingOf(secrets, 'a panel that comes now', asText(await newcomer(world)));
      // Digits alone stand in many a number: but no screen, note or line has them as a word.
      for (const digits of [pin, secondPin]) {
        const everything = JSON.stringify([
          world.states,
          world.notes,
          world.kiosk.journalLines(),
          world.center.messages,
        ]);
        assert.ok(!everything.includes(`"${digits}"`));
      }
      for (const taken of pins)
        assert.deepEqual(
          [...taken],
          [...taken].map(() => 0),
          'a PIN was not wiped',
        );
      assert.equal(world.kiosk.state().pinDigits, 0);
      for (const memory of memories) assertForgotten(memory);
      if (!name.includes('power cut')) assert.equal(memories.length, 1);
    } finally {
      SessionMemory.prototype.forget = forget;
    }
  });
}

/** What a panel is told that opens its stream only now. */
async function newcomer(world: World): Promise<readonly unknown[]> {
  const told: unknown[] = [world.kiosk.state()];
  const leave = world.kiosk.subscribe((state) => told.push(state));
  await world.time.pass(1_000);
  leave();
  return told;
}

function assertForgotten(memory: SessionMemory): void {
  const { key, labels: names, certificate, sheets, visit, choice, confirmed, municipalityChosen } = memory;
  assert.deepEqual(
    { key, names, certificate, sheets, visit, choice, confirmed, municipalityChosen },
    {
      key: undefined,
      names: [],
      certificate: undefined,
      sheets: [],
      visit: undefined,
      choice: undefined,
      confirmed: undefined,
      municipalityChosen: undefined,
    },
  );
}

test('bytes are overwritten, not only let go: the key’s seed, the certificate, every sheet', async () => {
  const world = await World.open();
  const given: Uint8Array[] = [];
  const entropy = {
    bytes(length: number) {
      const bytes = testEntropy('seed').bytes(length);
      given.push(bytes);
      return bytes;
    },
  };
  const memory = new SessionMemory(uuidV7(world.time, testEntropy('id')), entropy);
  const zeros = (bytes: Uint8Array) => bytes.every((byte) => byte === 0);
  assert.ok(given.length === 1 && given.every(zeros), 'the seed of the key');
  memory.cardRead(Uint8Array.of(1, 2, 3));
  const { certificate } = memory;
  const sheets = [Uint8Array.of(4, 5), Uint8Array.of(6)];
  memory.holdSheets(sheets);
  const others = [Uint8Array.of(7)];
  memory.holdSheets(others);
  assert.ok(sheets.every(zeros), 'sheets that others came after');
  memory.forget();
  assert.ok(certificate !== undefined && zeros(certificate), 'the certificate');
  assert.ok(others.every(zeros), 'the sheets');
  assertForgotten(memory);
});

test('after its end a session opens nothing any more: the key is not there to be asked for', async () => {
  const world = await World.open();
  const keysSeen: unknown[] = [];
  const held = Session.prototype.hold;
  let last: Session | undefined;
  Session.prototype.hold = function (this: Session, language) {
    last = this;
    return held.call(this, language);
  };
  try {
    await world.toPay();
    keysSeen.push(last?.memory.key);
    assert.ok(last?.memory.key !== undefined, 'it is there while it is needed');
    const sheets = last.memory.sheets;
    assert.ok(sheets.length > 0 && sheets.some((sheet) => sheet.some((byte) => byte !== 0)));
    await world.touch({ kind: 'stop' });
    await world.until('end');
    assert.equal(last.memory.key, undefined);
    assert.ok(sheets.every((sheet) => sheet.every((byte) => byte === 0)));
    // A card that is still there is not connected any more: nothing that it has verified outlives the session.
    await world.until('welcome');
    await world.toPin();
    assert.equal(last.desk.holds, true);
    await world.touch({ kind: 'stop' });
    await world.until('remove-card');
    assert.deepEqual([world.reader.state(), last.desk.holds], ['card', false]);
  } finally {
    Session.prototype.hold = held;
  }
});
