/** What is printed when the town is open. */
import path from 'node:path';
import { padded, rowsOf } from './columns.ts';
import type { Town } from './town.ts';

export type Style = { readonly bold: (text: string) => string; readonly dim: (text: string) => string };

const ansi = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;

export function styleOf(out: NodeJS.WriteStream): Style {
  const plain = (text: string) => text;
  return out.isTTY && process.env.NO_COLOR === undefined
    ? { bold: ansi(1), dim: ansi(2) }
    : { bold: plain, dim: plain };
}

function near(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : relative;
}

function printerLine({ printer, paperFolder }: Town): string {
  const folder = `as PDF in ${near(paperFolder)}`;
  switch (printer.kind) {
    case 'simulated':
      return `in the bench’s tray, and ${folder}`;
    case 'folder':
      return `as PDF in ${near(printer.directory)}`;
    case 'ipp':
      return `at ${printer.url}, and ${folder}`;
  }
}

export function townTable(town: Town, seconds: number, { bold, dim }: Style): string {
  const people = town.municipalities
    .map(({ name, population }) => `${name} (${population.toLocaleString('en')} people)`)
    .join(', ');
  const line = (label: string, where: string, what: string) => `  ${padded(label, 16)}${padded(where, 26)}${dim(what)}`;
  const systems = [
    line('center', town.centerUrl, 'terminals, the conversation, the journal'),
    line('issuer', town.issuerUrl, people),
    line('register', town.registryUrl, 'who lives where; a clerk sets and lifts restrictions'),
    line('card authority', town.authorityUrl, 'says whether a card is good'),
    line('database', town.databasePlace, `${near(town.folder.root)}; logs in ${near(town.folder.file('logs'))}`),
  ];
  const cards = rowsOf(
    town.cards.map(({ key, label, note, noteInEnglish }) => [`  ${key}`, label, note, dim(noteInEnglish)]),
  );
  return [
    '',
    `  ${bold('The town is open.')} ${dim(`(${seconds.toFixed(1)} s)`)}`,
    '',
    `  ${bold(padded('The bench', 16))}${bold(padded(town.benchUrl, 26))}kiosk, cards, money, paper, power switch: start here`,
    line('The panel', town.kioskUrl, 'the kiosk’s screen alone'),
    line(
      'The console',
      town.consoleUrl,
      'forms, certifier, records of issue: for the town hall’s staff; sign-in asks who you are',
    ),
    line('The portal', town.portalUrl, 'checks a paper: drop its scan, or type its number'),
    '',
    ...systems,
    '',
    `  ${bold(`Cards, PIN ${town.cards[0]?.pin ?? ''}`)}`,
    ...cards,
    '',
    `  Paper comes out ${printerLine(town)}.`,
    '  Without hands:  npx dokodemo issue --card taro --kind residence --members all --out out.pdf',
    `  ${dim('Ctrl-C closes the town and keeps what happened; npm start -- --fresh begins anew.')}`,
    '',
  ].join('\n');
}
