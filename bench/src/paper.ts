import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { readPages } from '@dokodemo/documents';
import {
  codePicture,
  draftBack,
  drawBack,
  makeBackKey,
  makeCheckCode,
  sealDraft,
  sha256,
  signStatement,
  tileBytes,
} from '@dokodemo/proof';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { requirePeer } from './documents/peer.ts';
import { installPeers } from './documents.ts';
import { checkingOf } from './paper/checking.ts';
import { openPaperMaker, type PaperMaker } from './paper/papers.ts';
import { showTimings, type Timing, timed } from './paper/timing.ts';
import { median, printTable } from './table.ts';

const pictureDpi = 150;
const blackFrom = 96;
const hairFrom = 40;

async function makingOf(maker: PaperMaker, times: number): Promise<void> {
  const begun = await Promise.all(Array.from({ length: Math.ceil(times * 1.25) }, (_, i) => maker.begin(i)));
  const at = (i: number) => begun[i % begun.length] as (typeof begun)[number];
  const sizes: number[] = [];
  const rows = [
    await timed('whole back', times, async (i) => {
      sizes.push((await at(i).finish()).length - at(i).front.length);
    }),
  ];
  const code = makeCheckCode(maker.entropy.bytes(15));
  const key = makeBackKey(code, maker.entropy);
  const parts = begun.map(({ front }, i) => {
    const [page] = readPages(front);
    if (page === undefined) throw new Error('no page');
    const bits = page.draw(pictureDpi).blackerThan(blackFrom, hairFrom);
    const facts = {
      issuer: '482013', issuerName: '見本県どこでも市', kindId: 'residence', documentNumber: `20261123-482013-${i}`,
      issuedAt: '2026-11-23T10:00:00.000+09:00', sheet: 1, sheets: 1, specimen: true, fronts: [sha256(front)],
      words: page.words(), picture: codePicture(bits), pictureDpi,
    }; // biome-ignore format: as the issuer says it
    const draft = draftBack(facts, maker.signer.certificate);
    const seal = () => sealDraft(draft, signStatement(draft.statement, maker.signer.key), key, maker.entropy);
    const message = seal();
    return { front, page, bits, facts, seal, message, field: drawBack(message, sha256) };
  });
  const part = (i: number) => parts[i % parts.length] as (typeof parts)[number];
  rows.push(
    await timed('  key from the check code', times, () => makeBackKey(code, maker.entropy)),
    await timed('  picture, drawn from the bytes', times, (i) =>
      part(i).page.draw(pictureDpi).blackerThan(blackFrom, hairFrom),
    ),
    await timed('  picture, coded', times, (i) => {
      codePicture(part(i).page.draw(50).blackerThan(blackFrom, hairFrom));
    }),
    await timed('  facts, signature, seal', times, (i) => {
      draftBack(part(i).facts, maker.signer.certificate);
      part(i).seal();
    }),
    await timed('  12 codes with parity', times, (i) => drawBack(part(i).message, sha256)),
    await timed('  into the PDF', times, (i) => {
      const { front, field } = part(i);
      if (field !== undefined) maker.engine.backs.addBack(front, { ...field });
    }),
  );
  showTimings(rows);
  const messages = parts.map(({ message }) => message.length);
  const pictures = parts.map(({ facts }) => facts.picture.coded.length);
  printTable([
    ['message at 150 dpi', `${median(messages)} bytes, of which the picture ${median(pictures)}`],
    ['codes of data, of 12', `${Math.ceil(median(messages) / (tileBytes - 18))}`],
    ['a back in the PDF', `${median(sizes)} bytes`],
  ]);
}

type PeerQr = { create(data: readonly object[], options: object): { readonly modules: { readonly size: number } } };

/** Twelve codes of the largest kind from the same bytes. */
async function codesOf(maker: PaperMaker, times: number): Promise<void> {
  const bytes = maker.entropy.bytes(tileBytes);
  const message = maker.entropy.bytes(5 * (tileBytes - 18));
  const rows: Timing[] = [await timed('ours, with erasure code and page', times, () => drawBack(message, sha256))];
  const twelve = async (draw: () => unknown) => {
    for (let k = 0; k < 12; k++) await draw();
  };
  const few = Math.max(5, Math.ceil(times / 20));
  if (await installPeers()) {
    const peer = requirePeer('qrcode') as PeerQr;
    const options = { version: 40, errorCorrectionLevel: 'L', maskPattern: 0 };
    const data = [{ data: bytes, mode: 'byte' }];
    rows.push(await timed('qrcode, mask given', few, () => twelve(() => peer.create(data, options))));
    rows.push(
      await timed('qrcode', few, () => twelve(() => peer.create(data, { ...options, maskPattern: undefined }))),
    );
  }
  const wasm = readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/writer/zxing_writer.wasm')));
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true });
  const zxing = { format: 'QRCode', ecLevel: 'L', version: 40, scale: 1 } as never;
  // It writes two bytes more, saying that the bytes are bytes.
  const draw = async () => {
    const { error } = await writeBarcode(bytes.subarray(0, tileBytes - 2), zxing);
    if (error !== '') throw new Error(error);
  };
  rows.push(await timed('ZXing (wasm), with its PNG', few, () => twelve(draw)));
  console.log('\n  Twelve codes 40-L of 2,953 bytes:');
  showTimings(rows, rows[0]?.name);
}

export async function benchPaper({ times = 80 }: { readonly times?: number } = {}): Promise<void> {
  console.log('\nThe coded back of a residence certificate of four people, A4:\n');
  const load = loadavg()[0] ?? 0;
  if (load > cpus().length / 2)
    console.log(`  Other programs use the processors (load ${load.toFixed(1)}): CPU ms says more than the clock.\n`);
  const maker = await openPaperMaker();
  await makingOf(maker, times);
  await codesOf(maker, times);
  await checkingOf(maker, Math.ceil(times / 8));
}
