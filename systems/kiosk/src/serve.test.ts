/** A whole kiosk over HTTP, as the panel's browser and the bench page see it: the center behind mutual TLS is scripted,
 *  everything else is what a store would start. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { systemClock, systemEntropy, uuidV7 } from '@dokodemo/domain';
import { type Client, conversationEndpoints, type RunningServer, serveHttp, service } from '@dokodemo/protocol';
import { type Authority, certificateDer, certify, createAuthority, privateKeyOf } from '@dokodemo/protocol/authority';
import type { BenchAct, BenchState, PanelState, PanelTouch } from './panel-contract.ts';
import { startIppevePrinter, whatIsMissing } from './printing/testing/ippeve-printer.ts';
import { FileLockedError, type KioskConfig, type ServedKiosk, serve } from './serve.ts';
import { ScriptedCenter } from './testing/scripted-center.ts';

const pem = (text: string) => ({ pem: text });
const validity = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) };

type Seen<State> = {
  /** Resolves with the first state, from now on, that is wanted. */
  until(wanted: (state: State) => boolean): Promise<State>;
  close(): void;
};

/** Follows a stream of server-sent events. `undefined` stands for an event with a name. */
async function follow<State>(url: string): Promise<Seen<State | undefined>> {
  const ended = new AbortController();
  const reply = await fetch(url, { signal: ended.signal });
  assert.equal(reply.status, 200);
  let now: State | undefined;
  let waiting: { wanted: (state: State | undefined) => boolean; resolve: (state: State | undefined) => void }[] = [];
  const hear = (state: State | undefined) => {
    now = state;
    for (const it of waiting.filter(({ wanted }) => wanted(state))) it.resolve(state);
    waiting = waiting.filter(({ wanted }) => !wanted(state));
  };
  const read = async () => {
    let text = '';
    for await (const part of reply.body ?? []) {
      text += Buffer.from(part).toString();
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = text.slice(0, end);
        text = text.slice(end + 2);
        if (event.startsWith('data: ')) hear(JSON.parse(event.slice(6)));
        else if (event.startsWith('event: ')) hear(undefined);
      }
    }
  };
  read().catch(() => undefined);
  return {
    until: (wanted) =>
      wanted(now) ? Promise.resolve(now) : new Promise((resolve) => waiting.push({ wanted, resolve })),
    close: () => ended.abort(),
  };
}

/** A resident with a browser and hands, at a kiosk that is somewhere behind a URL. */
async function resident(url: string) {
  const panel = await follow<PanelState>(`${url}/panel/state`);
  const bench = await follow<BenchState>(`${url}/bench/state`);
  const post = async (at: string, body: unknown) => {
    const reply = await fetch(`${url}${at}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.equal(reply.status, 200, `${at} ${JSON.stringify(body)}: ${await reply.text()}`);
  };
  const until = async <Kind extends PanelState['screen']['kind']>(kind: Kind) => {
    const state = await panel.until((it) => it?.screen.kind === kind && !it.busy);
    return state as PanelState & { readonly screen: Extract<PanelState['screen'], { kind: Kind }> };
  };
  const touchOn = async (kind: PanelState['screen']['kind'], touch: PanelTouch) => {
    const { revision } = await until(kind);
    await post('/panel/touch', { revision, touch });
    await panel.until((it) => it?.revision !== revision);
  };
  const act = (given: BenchAct) => post('/bench/act', given);
  const enterPin = async (digits: string) => {
    const { revision } = await until('enter-pin');
    for (const key of [...digits, 'enter']) await post('/panel/touch', { revision, touch: { kind: 'pin-key', key } });
    await panel.until((it) => it?.revision !== revision);
  };
  return {
    panel,
    bench,
    until,
    touchOn,
    act,
    enterPin,
    async toPin(cardId: string) {
      await touchOn('welcome', { kind: 'start', language: 'ja' });
      await touchOn('notice', { kind: 'agree' });
      await until('present-card');
      await act({ act: 'put-card', cardId });
      await until('enter-pin');
    },
    async toPay(cardId: string) {
      await this.toPin(cardId);
      await enterPin('1234');
      await until('remove-card');
      await act({ act: 'take-card' });
      await touchOn('choose', { kind: 'chosen', questionId: '@kind', optionIds: ['residence'] });
      await touchOn('choose', { kind: 'chosen', questionId: 'members', optionIds: ['m2'] });
      await touchOn('copies', { kind: 'copies', copies: 1 });
      await touchOn('confirm', { kind: 'confirmed' });
      return until('pay');
    },
    leave() {
      panel.close();
      bench.close();
    },
  };
}

describe('a kiosk that serves', () => {
  let folder: string;
  let authority: Authority;
  let center: ScriptedCenter;
  let centerServer: RunningServer;
  let config: KioskConfig;
  const notes: unknown[] = [];

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'kiosk-serve-'));
    authority = await createAuthority('test', validity.notBefore, validity.notAfter);
    const kiosk = await certify(authority, { use: 'kiosk', id: 'DEMO-0001', ...validity });
    const own = await certify(authority, { use: 'center', id: 'center', ...validity });
    const signer = await certify(authority, { use: 'document-signing', id: '482013', ...validity });
    center = new ScriptedCenter({
      signer: { key: privateKeyOf(signer.key), certificate: certificateDer(signer.certificate) },
      now: () => systemClock.now(),
      newId: () => uuidV7(systemClock, systemEntropy),
    });
    const handlers = Object.fromEntries(
      Object.keys(conversationEndpoints).map((name) => [
        name,
        ({ peer, params, body }: { peer: { id: string }; params: never; body: never }) => {
          const client: Client<typeof conversationEndpoints> = center.client(peer.id);
          return client[name as keyof typeof client](params, body);
        },
      ]),
    );
    centerServer = await serveHttp([service(conversationEndpoints, handlers as never)], {
      host: '127.0.0.1',
      port: 0,
      tls: { ...own, authority: authority.certificate },
      note: (noted) => notes.push(noted),
      maxInFlight: 16,
    });
    const file = (name: string) => path.join(folder, name);
    writeFileSync(file('index.html'), 'panel');
    config = {
      listen: { port: 0 },
      center: { url: centerServer.url, id: 'center' },
      tls: { key: pem(kiosk.key), certificate: pem(kiosk.certificate), authority: pem(authority.certificate) },
      documentAuthority: pem(authority.certificate),
      terminal: { terminalId: 'DEMO-0001', store: '一号店' },
      journalFile: file('kiosk/journal'),
      production: false,
      devices: {
        printer: { kind: 'simulated', stateFile: file('kiosk/printer.json'), sheetMs: 20 },
        money: { kind: 'simulated', stateFile: file('kiosk/money.json') },
        reader: {
          kind: 'simulated',
          wallet: {
            shelf: file('cards'),
            authority: file('authority'),
            cards: ['taro', 'hanako'].map((cardId) => ({ cardId, label: `見本 ${cardId}`, note: '', pin: '1234' })),
          },
        },
      },
      bench: { pageOrigin: 'http://localhost:4999', paperFolder: file('paper') },
    };
  });
  after(async () => {
    await centerServer?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (): Promise<ServedKiosk> => serve(config, { note: (note) => notes.push(note), panelDirectory: folder });

  test('from the first touch to the paper, over HTTP only', async () => {
    const kiosk = await open();
    const somebody = await resident(kiosk.url);
    try {
      const pay = await somebody.toPay('taro');
      assert.equal(pay.screen.feeYen, 300);
      for (let paid = 0; paid < 300; paid += 100) await somebody.act({ act: 'insert-cash', yen: 100 });
      const take = await somebody.until('take');
      assert.equal(take.screen.sheets, 1);
      const tray = await somebody.bench.until((it) => it?.printer.tray.length === 1);
      const [sheet] = tray?.printer.tray ?? [];
      const pdf = await fetch(`${kiosk.url}/bench/sheets/${sheet?.sheetId}.pdf`);
      assert.equal(pdf.headers.get('content-type'), 'application/pdf');
      const bytes = Buffer.from(await pdf.arrayBuffer());
      assert.deepEqual(readFileSync(path.join(folder, 'paper', `${sheet?.sheetId}.pdf`)), bytes);
      await somebody.touchOn('take', { kind: 'taken' });
      await somebody.touchOn('another', { kind: 'finish' });
      await somebody.until('end');
      const after = await somebody.bench.until((it) => it?.money.vaultYen === 300);
      assert.ok((after?.journal.length ?? 0) > 5);
      assert.ok(!JSON.stringify(after?.journal).includes('見本 花子'), 'the journal knows nobody');
      assert.deepEqual(center.impossible, []);
      await somebody.act({ act: 'take-paper', sheetId: sheet?.sheetId ?? '' });
      await somebody.bench.until((it) => it?.printer.tray.length === 0);
      assert.equal(readdirSync(path.join(folder, 'paper')).length, 1, 'the file stays for a person to find');
    } finally {
      somebody.leave();
      await kiosk.close();
    }
  });

  test('the plug is pulled with money inside: dark, and after it everything goes back', async () => {
    const kiosk = await open();
    const somebody = await resident(kiosk.url);
    try {
      await somebody.toPay('taro');
      await somebody.act({ act: 'insert-cash', yen: 100 });
      await somebody.panel.until((it) => it?.insertedYen === 100);
      await somebody.act({ act: 'power', on: false });
      await somebody.panel.until((it) => it === undefined);
      const dark = await somebody.bench.until((it) => it?.power === 'off');
      assert.equal(dark?.money.insertedYen, 100);
      assert.equal(dark?.money.slotsOpen, false);
      assert.ok((dark?.journal.length ?? 0) > 0, 'what the journal said last stays readable');
      await somebody.act({ act: 'power', on: true });
      const refunded = await somebody.until('refunded');
      assert.equal(refunded.screen.returnedYen, 100);
      const after = await somebody.bench.until((it) => it?.money.insertedYen === 0);
      assert.equal(after?.money.returnedYen, 100);
    } finally {
      somebody.leave();
      await kiosk.close();
    }
  });

  test('what devices and cards remember outlives the process: paper in the tray, tries of a card', async () => {
    let kiosk = await open();
    let somebody = await resident(kiosk.url);
    try {
      await somebody.toPay('hanako');
      for (let paid = 0; paid < 300; paid += 100) await somebody.act({ act: 'insert-cash', yen: 100 });
      await somebody.until('take');
      somebody.leave();
      await kiosk.close();

      kiosk = await open();
      somebody = await resident(kiosk.url);
      const again = await somebody.bench.until((it) => it !== undefined);
      assert.equal(again?.printer.tray.length, 1);
      assert.equal(again?.money.vaultYen, 600);
      await somebody.toPin('hanako');
      await somebody.enterPin('0000');
      const { screen } = await somebody.until('enter-pin');
      assert.equal(screen.triesLeft, 2);
      somebody.leave();
      await kiosk.close();

      kiosk = await open();
      somebody = await resident(kiosk.url);
      await somebody.toPin('hanako');
      assert.equal((await somebody.until('enter-pin')).screen.triesLeft, 2);
    } finally {
      somebody.leave();
      await kiosk.close();
    }
  });

  test('a second agent on the journal, and a port that is taken, are one line each; nothing stays locked', async () => {
    const kiosk = await open();
    try {
      await assert.rejects(open(), (error: Error) => error instanceof FileLockedError && !error.message.includes('\n'));
      const elsewhere = {
        ...config,
        listen: { port: kiosk.port },
        journalFile: path.join(folder, 'kiosk/other-journal'),
      };
      const second = () => serve(elsewhere, { note: () => undefined, panelDirectory: folder });
      await assert.rejects(second(), /^Error: Port \d+ of 127\.0\.0\.1 is taken by another program\.$/);
      await assert.rejects(second(), /is taken/);
    } finally {
      await kiosk.close();
    }
  });

  test('with a real IPP printer: the sheet goes there as it is, and is shown on the bench', {
    skip: whatIsMissing ?? false,
  }, async () => {
    const printerFolder = path.join(folder, 'printer');
    mkdirSync(printerFolder);
    const device = await startIppevePrinter(printerFolder);
    const withPrinter: KioskConfig = {
      ...config,
      journalFile: path.join(folder, 'kiosk/ipp-journal'),
      devices: { ...config.devices, printer: { kind: 'ipp', url: device.url } },
      bench: { pageOrigin: 'http://localhost:4999', paperFolder: path.join(folder, 'ipp-paper') },
    };
    const kiosk = await serve(withPrinter, { note: (note) => notes.push(note), panelDirectory: folder });
    const somebody = await resident(kiosk.url);
    try {
      await somebody.toPay('taro');
      for (let paid = 0; paid < 300; paid += 100) await somebody.act({ act: 'insert-cash', yen: 100 });
      await somebody.until('take');
      const shown = await somebody.bench.until((it) => it?.printer.tray.length === 1);
      assert.equal(shown?.printer.name, 'Example Printer');
      const pdf = await fetch(`${kiosk.url}/bench/sheets/${shown?.printer.tray[0]?.sheetId}.pdf`);
      const { document, attributes } = device.received(1);
      assert.deepEqual(document, Buffer.from(await pdf.arrayBuffer()));
      assert.equal(attributes.IPP_SIDES, 'two-sided-long-edge');
      assert.ok(!JSON.stringify(attributes).includes('見本'), 'the printer’s list knows nobody');
    } finally {
      somebody.leave();
      await kiosk.close();
      await device.kill();
    }
  });

  test('what it leaves on the disk is nobody else’s to read', { skip: process.platform === 'win32' }, () => {
    for (const name of ['kiosk/journal', 'kiosk/money.json', 'kiosk/printer.json', 'paper']) {
      assert.equal(statSync(path.join(folder, name)).mode & 0o077, 0, name);
    }
  });
});
