/** `npm run bench [-- issuances|documents|paper|grid|changes …]`: figures of this machine, beside those of peers in the same run. */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { benchIssuances } from './issuances.ts';

const help = `npm run bench [-- what …] [options]

  issuances   complete issuances a second, beside pgbench making as many commits
  documents   milliseconds for a residence certificate, beside other PDF makers
  paper       milliseconds to make a coded back and to check a paper, beside other makers and readers of QR codes
  grid        what of a back is read after blur, turning, JPEG, stains …, by ours and by other programs (long)
  changes     how many single changed characters of fronts are seen, by kind of certificate (long)
  (nothing)   all of them but the long ones

  --kiosks N    kiosks at work at once (16)
  --seconds N   how long to measure (15)
  --trials N    of each level of the grid (3)
  --backs       issuances with a coded back on every sheet, as the demo prints them
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h' },
    kiosks: { type: 'string', default: '16' },
    seconds: { type: 'string', default: '15' },
    trials: { type: 'string', default: '3' },
    backs: { type: 'boolean', default: false },
  },
});

function wholeNumber(name: string, text: string, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  console.error(`--${name}: a whole number from 1 to ${most} is expected`);
  process.exit(1);
}

const known = ['issuances', 'documents', 'paper', 'grid', 'changes'] as const;
const wanted = positionals.length === 0 ? known.filter((it) => it !== 'grid' && it !== 'changes') : positionals;
const unknown = wanted.find((name) => !known.some((it) => it === name));
if (values.help === true || unknown !== undefined) {
  console.log(unknown === undefined ? help : `There is no benchmark "${unknown}".\n\n${help}`);
  process.exit(unknown === undefined ? 0 : 1);
}
console.log(`Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
if (wanted.includes('issuances')) {
  await benchIssuances({
    kiosks: wholeNumber('kiosks', values.kiosks, 200),
    seconds: wholeNumber('seconds', values.seconds, 600),
    warmUpSeconds: 5,
    backs: values.backs,
  });
}
if (wanted.includes('documents')) await (await import('./documents.ts')).benchDocuments();
if (wanted.includes('paper')) await (await import('./paper.ts')).benchPaper();
if (wanted.includes('grid'))
  await (await import('./grid.ts')).benchGrid({ seeds: wholeNumber('trials', values.trials, 50) });
if (wanted.includes('changes')) await (await import('./changes.ts')).benchChanges();
