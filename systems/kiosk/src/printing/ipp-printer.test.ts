/** Printed is what the printer says is printed. Against a real IPP server, and one whose answers get lost. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { systemClock } from '@dokodemo/domain';
import type { Printer, PrinterCondition, SheetOutcome } from '../ports.ts';
import { type IppBounds, openIppPrinter, UnfitPrinterError } from './ipp-printer.ts';
import { type IppevePrinter, startIppevePrinter, whatIsMissing } from './testing/ippeve-printer.ts';
import { type MeddlingProxy, meddlingProxy, operations } from './testing/meddling-proxy.ts';

const sheet = (text: string) => new Uint8Array(Buffer.from(`%PDF-1.7 ${text} %%EOF`));
const quick: Partial<IppBounds> = { pollMs: 5, timeoutMs: 5_000, silentMs: 50, cancelMs: 5_000 };

describe('an IPP printer', { skip: whatIsMissing ?? false }, () => {
  let root: string;
  let device: IppevePrinter;
  let printer: Printer;
  let jobs = 0;
  let folders = 0;

  const emptyFolder = () => {
    const folder = path.join(root, `printer-${++folders}`);
    mkdirSync(folder);
    return folder;
  };

  before(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'kiosk-ipp-'));
    device = await startIppevePrinter(emptyFolder());
    printer = await openIppPrinter({ url: device.url, clock: systemClock, bounds: quick });
  });
  after(async () => {
    await device?.kill();
    rmSync(root, { recursive: true, force: true });
  });
  afterEach(() => {
    device.release();
    device.atTheEnd('', false);
  });

  type Running = {
    readonly name: string;
    readonly done: Promise<SheetOutcome>;
    /** Resolves when the printer has told of exactly these. */
    told(...conditions: PrinterCondition[]): Promise<void>;
    abandon(): void;
  };

  /** A job that a test follows by what the printer says. */
  function begin(by: Printer = printer, document = sheet('one')): Running {
    const name = `20261123-test ${++jobs}/9`;
    const abandon = new AbortController();
    let now = 'nothing';
    let waiting: { wanted: string; resolve: () => void }[] = [];
    const done = by.print(
      { name, sheet: document },
      (conditions) => {
        now = conditions.join();
        for (const { wanted, resolve } of waiting) if (wanted === now) resolve();
        waiting = waiting.filter(({ wanted }) => wanted !== now);
      },
      abandon.signal,
    );
    return {
      name,
      done,
      told(...conditions) {
        if (now === conditions.join()) return Promise.resolve();
        return new Promise((resolve) => waiting.push({ wanted: conditions.join(), resolve }));
      },
      abandon: () => abandon.abort(),
    };
  }

  /** ippeveprinter counts its jobs from one; the newest is the last that it got. */
  function newest(): ReturnType<IppevePrinter['received']> {
    for (let jobId = 200; jobId > 0; jobId--) {
      try {
        return device.received(jobId);
      } catch {}
    }
    throw new Error('nothing was received');
  }

  test('a sheet arrives as it is: A4, both sides, black, not scaled, once', async () => {
    assert.deepEqual(await printer.conditions(), []);
    const running = begin(printer, sheet('front and back'));
    assert.deepEqual(await running.done, { outcome: 'printed' });
    const { attributes, document } = newest();
    assert.deepEqual(document, Buffer.from(sheet('front and back')));
    const { IPP_SIDES, IPP_MEDIA, IPP_PRINT_COLOR_MODE, IPP_PRINT_SCALING, IPP_COPIES, IPP_JOB_NAME } = attributes;
    assert.deepEqual(
      [IPP_SIDES, IPP_MEDIA, IPP_PRINT_COLOR_MODE, IPP_PRINT_SCALING, IPP_COPIES, IPP_JOB_NAME],
      ['two-sided-long-edge', 'iso_a4_210x297mm', 'monochrome', 'none', '1', running.name],
    );
    assert.equal(attributes.CONTENT_TYPE, 'application/pdf');
  });

  test('a jam is told while the job waits; when it is cleared the sheet is printed', async () => {
    device.hold('media-jam-error');
    const running = begin();
    await running.told('jam');
    assert.deepEqual(await printer.conditions(), ['jam']);
    device.release();
    assert.deepEqual(await running.done, { outcome: 'printed' });
  });

  test('no paper: told, and after refilling the same job goes on', async () => {
    // The main tray, and the by-pass beside it: the printer waits while one of them is empty.
    const fill = (level: number) => {
      const tray = (n: number, most: number) =>
        `size${n}=iso_a4_210x297mm&type${n}=stationery&level${n}=${Math.min(level, most)}`;
      return fetch(`${device.page}/media?${tray(1, 250)}&${tray(3, 25)}`);
    };
    await fill(0);
    try {
      const running = begin();
      await running.told('media-empty');
      await fill(250);
      assert.deepEqual(await running.done, { outcome: 'printed' });
    } finally {
      await fill(250);
    }
  });

  test('an open door', async () => {
    device.hold('cover-open-error');
    const running = begin();
    await running.told('door-open');
    device.release();
    assert.deepEqual(await running.done, { outcome: 'printed' });
  });

  test('aborted: not printed when the printer’s counters say so, and nothing was stuck inside', async () => {
    device.atTheEnd('ERROR: fuser over temp\n', true);
    const outcome = await begin().done;
    assert.equal(outcome.outcome, 'not-printed');
    assert.match('detail' in outcome ? outcome.detail : '', /aborted.*fuser over temp/);
  });

  test('aborted after a side was printed: nobody knows', async () => {
    device.atTheEnd('ATTR: job-impressions-completed=1\nERROR: fuser over temp\n', true);
    assert.equal((await begin().done).outcome, 'unknown');
  });

  test('aborted after a jam: the counters may say zero, the paper was moving', async () => {
    device.hold('media-jam-error');
    device.atTheEnd('ERROR: jammed for good\n', true);
    const running = begin();
    await running.told('jam');
    device.release();
    const outcome = await running.done;
    assert.deepEqual([outcome.outcome, 'condition' in outcome ? outcome.condition : ''], ['unknown', 'jam']);
  });

  test('given up while there is no paper: the job is cancelled, and followed to its end', async () => {
    const proxy = await meddlingProxy(device.url);
    try {
      const by = await openIppPrinter({ url: proxy.url, clock: systemClock, bounds: quick });
      device.hold('media-needed-error');
      const running = begin(by);
      await running.told('media-empty');
      const cancelled = proxy.answered(operations.cancelJob);
      running.abandon();
      await cancelled;
      device.release();
      const outcome = await running.done;
      assert.equal(outcome.outcome, 'not-printed');
      assert.match('detail' in outcome ? outcome.detail : '', /canceled/);
    } finally {
      await proxy.close();
    }
  });

  test('given up, and the printer does not end the job: unknown, within a bound', async () => {
    const impatient = await openIppPrinter({
      url: device.url,
      clock: systemClock,
      bounds: { ...quick, cancelMs: 20 },
    });
    device.hold('media-needed-error');
    const running = begin(impatient);
    await running.told('media-empty');
    running.abandon();
    const outcome = await running.done;
    assert.equal(outcome.outcome, 'unknown');
    device.release();
  });

  test('given up before it began: nothing is sent', async () => {
    const before = newest();
    const outcome = await printer.print({ name: 'none', sheet: sheet('x') }, () => undefined, AbortSignal.abort());
    assert.equal(outcome.outcome, 'not-printed');
    assert.deepEqual(newest(), before);
  });

  test('busy with another job: waits for its turn, or gives up within a bound with nothing printed', async () => {
    const impatient = await openIppPrinter({ url: device.url, clock: systemClock, bounds: { ...quick, busyMs: 0 } });
    device.hold('media-jam-error');
    const first = begin();
    await first.told('jam');
    const refused = await begin(impatient).done;
    assert.equal(refused.outcome, 'not-printed');
    assert.match('detail' in refused ? refused.detail : '', /server-error-busy/);
    const second = begin(printer, sheet('second'));
    device.release();
    assert.deepEqual(await first.done, { outcome: 'printed' });
    assert.deepEqual(await second.done, { outcome: 'printed' });
    assert.deepEqual(newest().document, Buffer.from(sheet('second')));
  });

  test('asked again after a power cut of the kiosk: what the printer still knows of a job', async () => {
    const done = begin();
    await done.done;
    assert.deepEqual(await printer.recall?.(done.name), { outcome: 'printed' });
    assert.equal((await printer.recall?.('never heard of'))?.outcome, 'unknown');
    device.atTheEnd('ERROR: fuser over temp\n', true);
    const aborted = begin();
    assert.equal((await aborted.done).outcome, 'not-printed');
    assert.equal((await printer.recall?.(aborted.name))?.outcome, 'unknown', 'a jam may have come and gone unseen');
    device.atTheEnd('', false);
    device.hold('media-jam-error');
    const stuck = begin();
    await stuck.told('jam');
    const proxy = await meddlingProxy(device.url);
    try {
      const asking = await openIppPrinter({ url: proxy.url, clock: systemClock, bounds: quick });
      const cancelled = proxy.answered(operations.cancelJob);
      const recalled = asking.recall?.(stuck.name);
      await cancelled;
      device.release();
      assert.equal((await recalled)?.outcome, 'unknown', 'nobody watched what the paper did');
      await stuck.done;
    } finally {
      await proxy.close();
    }
  });

  test('killed in the middle of a job: unknown, within a bound; before a job: nothing was printed', async () => {
    const fragile = await startIppevePrinter(emptyFolder());
    try {
      const by = await openIppPrinter({ url: fragile.url, clock: systemClock, bounds: quick });
      fragile.hold('media-jam-error');
      const running = begin(by);
      await running.told('jam');
      await fragile.kill();
      await running.told('offline');
      const outcome = await running.done;
      assert.deepEqual([outcome.outcome, 'condition' in outcome ? outcome.condition : ''], ['unknown', 'offline']);
      assert.deepEqual(await by.conditions(), ['offline']);
      const next = await begin(by).done;
      assert.deepEqual([next.outcome, 'condition' in next ? next.condition : ''], ['not-printed', 'offline']);
    } finally {
      await fragile.kill();
    }
  });

  test('a printer that cannot make a certificate is refused with everything that it lacks', async () => {
    const unfit = await startIppevePrinter(emptyFolder(), ['-f', 'image/pwg-raster']);
    try {
      await assert.rejects(openIppPrinter({ url: unfit.url, clock: systemClock, bounds: quick }), (error: Error) => {
        assert.ok(error instanceof UnfitPrinterError);
        assert.match(error.message, /does not take PDF; it does not print on both sides/);
        return true;
      });
    } finally {
      await unfit.kill();
    }
  });

  test('a printer that is not there yet is offline, and is asked what it can when it comes', async () => {
    const later = await startIppevePrinter(emptyFolder());
    const proxy = await meddlingProxy(later.url);
    try {
      proxy.lose(() => 'before');
      const by = await openIppPrinter({ url: proxy.url, clock: systemClock, bounds: quick });
      assert.deepEqual(await by.conditions(), ['offline']);
      assert.equal((await begin(by).done).outcome, 'not-printed');
      proxy.lose(() => undefined);
      assert.deepEqual(await by.conditions(), []);
      assert.deepEqual(await begin(by).done, { outcome: 'printed' });
    } finally {
      await proxy.close();
      await later.kill();
    }
  });

  describe('when answers get lost', () => {
    let proxy: MeddlingProxy;
    let old: MeddlingProxy;
    let through: Printer;
    let throughOld: Printer;

    before(async () => {
      proxy = await meddlingProxy(device.url);
      old = await meddlingProxy(device.url, { hideCreateJob: true });
      through = await openIppPrinter({ url: proxy.url, clock: systemClock, bounds: quick });
      throughOld = await openIppPrinter({ url: old.url, clock: systemClock, bounds: quick });
    });
    after(async () => {
      await proxy.close();
      await old.close();
    });
    afterEach(() => {
      proxy.lose(() => undefined);
      old.lose(() => undefined);
    });

    const lose = (operation: number, how: 'before' | 'after') => (given: number) =>
      given === operation ? how : undefined;

    test('the job without its document: nothing was printed', async () => {
      proxy.lose(lose(operations.createJob, 'before'));
      assert.equal((await begin(through).done).outcome, 'not-printed');
    });

    test('the document on its way there: the printer says that the job never began', async () => {
      proxy.lose(lose(operations.sendDocument, 'before'));
      assert.equal((await begin(through).done).outcome, 'not-printed');
    });

    test('the answer to the document: the printer says that it was printed', async () => {
      proxy.lose((operation) => {
        if (operation === operations.sendDocument) return 'after';
        // Cancelling a job that is printing ends it otherwise; this is about the one that was printed.
        return operation === operations.cancelJob ? 'before' : undefined;
      });
      assert.deepEqual(await begin(through).done, { outcome: 'printed' });
    });

    test('a printer of the old kind prints at once; with its answer lost nobody knows', async () => {
      const running = begin(throughOld, sheet('old kind'));
      assert.deepEqual(await running.done, { outcome: 'printed' });
      assert.deepEqual(newest().document, Buffer.from(sheet('old kind')));
      assert.equal(newest().attributes.IPP_SIDES, 'two-sided-long-edge');
      old.lose(lose(operations.printJob, 'after'));
      assert.equal((await begin(throughOld).done).outcome, 'unknown');
    });
  });
});
