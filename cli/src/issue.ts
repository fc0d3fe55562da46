/** `dokodemo issue`: one issuance over the real wire, from the first touch to the paper. */
import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Deed, Memory } from '@dokodemo/demo';
import type { PaperSheet } from '@dokodemo/demo/command-kiosk';
import { walk } from '@dokodemo/demo/walk';
import { isRefusalCode, refusals, systemClock, texts } from '@dokodemo/domain';
import type { PanelState } from '@dokodemo/kiosk';
import { CommandError } from './command-error.ts';
import { deedText, titleOf } from './said.ts';
import { atKiosk, findCard } from './town-of-commands.ts';
import { checkKind, type WishOptions, wishesOf } from './wishes.ts';

export type IssueOptions = WishOptions & {
  readonly card: string;
  readonly out?: string;
  readonly json?: boolean;
};

type Step = { readonly atMs: number; readonly screen: string; readonly title: string; readonly did?: string };

export type Issued = {
  readonly card: string;
  readonly kind: string;
  readonly outcome: 'handed-over' | 'refused';
  /** Refused: the code of the catalogue. */
  readonly code?: string;
  readonly documentNumbers: readonly string[];
  readonly feeYen: number;
  readonly sheets: number;
  readonly out?: string;
  readonly tookMs: number;
  readonly steps: readonly Step[];
};

function checkOut(out: string): void {
  const folder = path.dirname(path.resolve(out));
  try {
    accessSync(folder, constants.W_OK);
    if (!statSync(out, { throwIfNoEntry: false })?.isDirectory()) return;
  } catch (error) {
    throw new CommandError(`--out ${out}: ${folder} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
  throw new CommandError(`--out ${out} is a folder; the name of a file is expected`);
}

/** All sheets, front and back, one after the other. */
async function joined(sheets: readonly PaperSheet[]): Promise<Uint8Array> {
  const { PDFDocument } = await import('@cantoo/pdf-lib');
  const all = await PDFDocument.create();
  for (const { pdf } of sheets) {
    const sheet = await PDFDocument.load(pdf, { updateMetadata: false });
    for (const page of await all.copyPages(sheet, sheet.getPageIndices())) all.addPage(page);
  }
  return all.save();
}

/** `out.pdf`, then `out-2.pdf` for the next one. */
function nameOf(out: string, number: number): string {
  return number === 1 ? out : out.replace(/(\.pdf)?$/i, `-${number}$1`);
}

/** A file that is one thing goes out as it came, to the last byte: a single sheet, and each signed copy. */
async function write(sheets: readonly PaperSheet[], out: string, electronic: boolean): Promise<void> {
  if (!electronic && sheets.length > 1) return writeFileSync(out, await joined(sheets));
  for (const [i, { pdf }] of sheets.entries()) writeFileSync(nameOf(out, i + 1), pdf);
}

/** What the steps of a walk are kept as, and printed as they happen. */
function stepKeeper(print: ((line: string) => void) | undefined) {
  const began = performance.now();
  const steps: Step[] = [];
  let numbers: readonly string[] = [];
  let feeYen = 0;
  let printed = 0;
  const say = (state: PanelState, title: string, did?: string) => {
    const atMs = Math.round(performance.now() - began);
    steps.push({ atMs, screen: state.screen.kind, title, ...(did === undefined ? {} : { did }) });
    print?.(`${(atMs / 1_000).toFixed(2).padStart(7)} s  ${title.padEnd(48)}${did ?? ''}`.trimEnd());
  };
  return {
    steps,
    tookMs: () => Math.round(performance.now() - began),
    numbers: () => numbers,
    feeYen: () => feeYen,
    onStep(state: PanelState, deed: Deed) {
      const { screen } = state;
      if (screen.kind === 'printing' && screen.printed > printed) {
        printed = screen.printed;
        say(state, `Sheet ${screen.printed} of ${screen.sheets} is out`);
      }
      if (screen.kind === 'take') {
        numbers = screen.documentNumbers;
        feeYen = screen.feeYen;
      }
      const did = deedText(state, deed);
      if (did !== undefined) say(state, titleOf(state), did);
    },
  };
}

/** The code that says why there is no paper: the last that is not the resident's own leaving. */
function reasonOf({ refusals: said }: Memory): string | undefined {
  return said.findLast((code) => code !== 'STOPPED');
}

export function refusalOf(code: string | undefined): CommandError {
  if (code === undefined || !isRefusalCode(code)) return new CommandError('The visit ended without paper.', 1, code);
  const { operator, httpStatus } = refusals[code];
  // What is away, full or broken is no refusal of this certificate: the same may work later.
  return new CommandError(`${texts[`refusal.${code}`].en} (${operator})`, httpStatus >= 500 ? 1 : 2, code);
}

export async function issueCommand(options: IssueOptions): Promise<void> {
  const card = findCard(options.card);
  if (options.out !== undefined) checkOut(options.out);
  if (options.electronic === true && options.copies !== 1)
    throw new CommandError('--electronic gives one file, which may be copied: --copies is not for it');
  const wishes = wishesOf(options, card.municipality);
  let isAsked = false;
  const json = options.json === true;
  const issued = await atKiosk(async (town) => {
    const hands = await town.hands(card.key, options.pay);
    const keeper = stepKeeper(json ? undefined : (line) => console.log(line));
    const memory = await walk({
      kiosk: town.kiosk,
      hands,
      wishes,
      clock: systemClock,
      onStep: (state, deed) => {
        const { screen } = state;
        if (screen.kind === 'choose' && screen.questionId === '@kind') checkKind(screen, options.kind);
        if (screen.kind === 'choose' && screen.questionId === 'medium') isAsked = true;
        // Nobody is to pay for paper who wants a file.
        if (screen.kind === 'confirm' && options.electronic === true && !isAsked)
          throw new CommandError(`--electronic: ${options.kind} is given on paper only`);
        keeper.onStep(state, deed);
      },
    });
    const paper = memory.delivered ? town.takePaper() : [];
    return { keeper, memory, paper };
  });
  await report(options, issued);
}

async function report(
  { card, kind, out, json, electronic }: IssueOptions,
  { keeper, memory, paper }: { keeper: ReturnType<typeof stepKeeper>; memory: Memory; paper: readonly PaperSheet[] },
): Promise<void> {
  const code = memory.delivered ? undefined : reasonOf(memory);
  if (paper.length > 0 && out !== undefined) await write(paper, out, electronic === true);
  const result: Issued = {
    card,
    kind,
    outcome: memory.delivered ? 'handed-over' : 'refused',
    ...(code === undefined ? {} : { code }),
    documentNumbers: keeper.numbers(),
    feeYen: keeper.feeYen(),
    sheets: paper.length,
    ...(out === undefined || paper.length === 0 ? {} : { out: path.resolve(out) }),
    tookMs: keeper.tookMs(),
    steps: keeper.steps,
  };
  if (json === true) console.log(JSON.stringify(result));
  else if (memory.delivered) {
    const where = out === undefined ? 'thrown away (no --out)' : `in ${out}`;
    console.log(
      `\n${paper.length} ${paper.length === 1 ? 'sheet' : 'sheets'} ${where}\nDocument ${result.documentNumbers.length === 1 ? 'number' : 'numbers'}: ${result.documentNumbers.join(', ')}\nFee: ${result.feeYen} yen`,
    );
  }
  if (!memory.delivered) throw refusalOf(code);
}
