/** To check a paper: in Node.js, beside another reader of QR codes, and in Chromium through the portal's own worker. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readPages } from '@dokodemo/documents';
import { decodePng, encodePng, openToolsInNode, verifyFiles } from '@dokodemo/proof';
import { chromiumBesideNode } from './in-chromium.ts';
import type { PaperMaker } from './papers.ts';
import { showTimings, type Timing, timed } from './timing.ts';

/** What is checked: both sides as a scanner gives them, the file, the back alone. */
export type Checked = { readonly name: string; readonly files: readonly Uint8Array[]; readonly checkCode?: string };

async function papersOf(maker: PaperMaker): Promise<readonly [Checked, Checked, Checked]> {
  const begun = await maker.begin(1);
  const pdf = new Uint8Array(await begun.finish());
  const scans = readPages(pdf).map((page) => {
    const { width, height, ink } = page.draw(300, { background: true });
    return encodePng({ width, height, pixels: ink.map((it) => 255 - it) });
  });
  const [front, back] = scans;
  if (front === undefined || back === undefined) throw new Error('the paper has two sides');
  return [
    { name: 'scan of both sides, 300 dpi, PNG', files: [front, back] },
    { name: 'the issued PDF', files: [pdf] },
    { name: 'back alone with the code typed', files: [back], checkCode: begun.code },
  ];
}

export async function checkingOf(maker: PaperMaker, times: number): Promise<void> {
  const papers = await papersOf(maker);
  const tools = await openToolsInNode();
  const check = async ({ files, checkCode }: Checked) => {
    const given = files.map((bytes, i) => ({ name: `${i}`, bytes }));
    const options = { trust: maker.trust, ...(checkCode === undefined ? {} : { checkCode }) };
    const verification = await verifyFiles(given, tools, options);
    if (!verification.readable) throw new Error('the paper could not be read');
  };
  const rows: Timing[] = [];
  for (const paper of papers) rows.push(await timed(paper.name, times, () => check(paper), 2));
  const [back] = papers[2].files as [Uint8Array];
  const more = [await timed('  of it, the codes (ZXing)', times, () => tools.readCodes(decodePng(back)), 2)];
  const folder = mkdtempSync(path.join(tmpdir(), 'dokodemo-bench-'));
  try {
    const file = path.join(folder, 'back.png');
    writeFileSync(file, back);
    const args = ['--nodbus', '-q', '--raw', '-Sbinary', '-Sdisable', '-Sqrcode.enable', file];
    if (spawnSync('zbarimg', ['--version']).status === 0)
      more.push(
        await timed('zbarimg, codes of the back', times, () => spawnSync('zbarimg', args, { maxBuffer: 1e6 }), 1),
      );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log('\n  To check a paper, in Node.js (zbarimg: a process; its processor time is not counted):');
  showTimings([...rows, ...more], rows[0]?.name);
  await chromiumBesideNode(papers, rows, JSON.stringify(maker.trust), times);
}
