/** The `dokodemo` command. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { CommandError } from './command-error.ts';
import { readConfig, serveCommand, systems } from './serve.ts';

function wholeNumber(text: string): number {
  if (!/^[0-9]{1,6}$/.test(text)) throw new InvalidArgumentError('a whole number is expected');
  return Number(text);
}

function collect(value: string, before: readonly string[]): readonly string[] {
  if (!/^[a-z@][a-z0-9-]*=.+$/.test(value)) throw new InvalidArgumentError('key=value is expected');
  return [...before, value];
}

const program = new Command('dokodemo')
  .description('Certificates from any convenience store: the whole system, by command')
  .version('0.1.0')
  .showHelpAfterError('(dokodemo --help shows what there is)');

program
  .command('issue')
  .summary('one certificate, from the touch to the paper')
  .description(
    'One issuance over the real wire, as a kiosk would: prints each step with its time, writes what came out of the printer.\nA town must be open (npm start). Exit status: 0 with paper, 2 refused (the code on standard error), 1 broken.',
  )
  .requiredOption(
    '--card <name>',
    'a demo resident: taro, hanako, nguyen, watanabe, big … (an unknown name lists them)',
  )
  .option('--pin <digits>', 'the card’s PIN', '1234')
  .option('--pin2 <characters>', 'the second PIN, for certificates that ask for it')
  .option('--kind <kind>', 'which certificate', 'residence')
  .option('--members <who>', 'all, holder, or numbers of the list such as 1,3')
  .option(
    '--show <items>',
    'what to show, with commas: head, domicile, individual-number, nationality, status, card-number',
  )
  .option('--choose <key=value>', 'an answer to any question, repeatable; several values with commas', collect, [])
  .option('--at <code>', 'another municipality than the home: of the family register, when enrolled there')
  .option('--copies <n>', 'how many', wholeNumber, 1)
  .addOption(new Option('--pay <how>', 'how the fee is paid').choices(['cash', 'ic-money']).default('cash'))
  .option('--electronic', 'a signed PDF instead of paper, where the municipality offers it')
  .option('--out <file>', 'where the PDF goes: all sheets, one after the other')
  .option('--json', 'for machines: one JSON object on standard output')
  .addHelpText(
    'after',
    `
Examples:
  dokodemo issue --card taro --members all --show head --out out.pdf
  dokodemo issue --card taro --members 1,3 --copies 2
  dokodemo issue --card taro --kind seal --out seal.pdf
  dokodemo issue --card taro --kind tax --choose certificate=fixed-asset --choose fixed-asset=valuation --choose year=y2007
  dokodemo issue --card taro --kind tax --choose certificate=payment --choose items=resident-tax,fixed-asset-tax
  dokodemo issue --card taro --electronic --out copy.pdf
  dokodemo issue --card protected            refused: SUPPRESSED, exit status 2
  dokodemo menu --card taro                  what may be asked for`,
  )
  .action(async (options) => (await import('./issue.ts')).issueCommand(options));

program
  .command('menu')
  .summary('what a holder may take now')
  .description(
    'What this holder may take now, as a tree: a real visit up to the menu, then over.\nA town must be open (npm start).',
  )
  .requiredOption('--card <name>', 'a demo resident (an unknown name lists them)')
  .option('--pin <digits>', 'the card’s PIN', '1234')
  .option('--json', 'for machines')
  .action(async (options) => (await import('./menu.ts')).menuCommand(options));

const enrol = program
  .command('enrol')
  .summary('apply to another municipality that keeps the family register (利用登録)')
  .description(
    '利用登録: whoever lives elsewhere applies once, staff decide, then family register certificates can be taken.\nA town must be open (npm start).',
  )
  .addHelpText(
    'after',
    `
Examples:
  dokodemo enrol apply --card machi
  dokodemo enrol approve --card machi
  dokodemo issue --card machi --at 482013 --kind family-register --choose scope=all --out out.pdf`,
  );
enrol
  .command('apply')
  .description('at a kiosk, as the resident: free of charge')
  .requiredOption('--card <name>', 'a demo resident (an unknown name lists them)')
  .option('--pin <digits>', 'the card’s PIN', '1234')
  .action(async (options) => (await import('./enrol.ts')).applyCommand(options));
for (const decision of ['approve', 'reject'] as const)
  enrol
    .command(decision)
    .description(`as staff of the municipality that keeps the family register: ${decision} what waits`)
    .requiredOption('--card <name>', 'whose application')
    .action(async (options) => (await import('./enrol.ts')).decideCommand(decision, options));

program
  .command('verify')
  .summary('is a certificate what was issued?')
  .description(
    'Checks a certificate by what its back says: a PDF, or scans and photographs (PNG, JPEG, TIFF) of both sides; or an electronic copy by its signature. Four answers: integrity, issuer, status, originality. Everything is worked out here: only the status is asked of a portal, with the document number and a key derived from the check code.\nExit status: 0 all that could be proven holds, 3 something is false, 1 something could not be read.',
  )
  .argument('<files...>', 'front and back, in any order; of several certificates if you like')
  .option('--trust <file>', 'the trust bundle: whom to believe (the demo town’s, when it has been opened)')
  .option('--code <code>', 'the check code of the front, where its mark cannot be read')
  .option('--portal <url>', 'whom to ask about the status (the demo town’s portal, while the town is open)')
  .addOption(new Option('--offline', 'ask nobody: the status stays unproven').conflicts('portal'))
  .option('--json', 'for machines: one JSON object on standard output')
  .addHelpText(
    'after',
    `
Examples:
  dokodemo verify front.png back.png                     scans of both sides
  dokodemo verify back.jpg --code 2VQ7-9D4K-…            a photograph of the back alone
  dokodemo verify out.pdf --offline --json               the issued PDF, nobody is asked
  dokodemo verify copy.pdf                               an electronic copy
  dokodemo verify *.tif --trust bundle.json --portal https://portal.example`,
  )
  .action(async (files, options) => (await import('./verify.ts')).verifyCommand(files, options));

program
  .command('copy-of')
  .summary('what a copier would make of a certificate')
  .description(
    'The simulated photocopy of a certificate: the word 複写 comes out. One PNG a page (out.png, out-2.png …), gray, 300 dpi.',
  )
  .argument('<pdf>', 'as issue writes it; an electronic copy has nothing to photocopy')
  .option('--dpi <n>', 'what the copier samples with: 200, 300 or 600', '300')
  .requiredOption('--out <png>')
  .action(async (file, options) => (await import('./copy-of.ts')).copyOfCommand(file, options));

const calibrate = program
  .command('calibrate')
  .summary('which ground suits the printer of a kiosk?')
  .description(
    'The background that shows copies (複写) has a profile for each kind of printer. A calibration sheet holds all of them: print it, scan it, photocopy it, scan the copies, and read which profile is hidden on the paper and plain on the copies.',
  )
  .addHelpText(
    'after',
    `
Examples:
  dokodemo calibrate print --config kiosk.json                        on the kiosk's own printer, while it is stopped
  dokodemo calibrate sheet --out sheet.pdf                            as a file, to be printed at 100 %
  dokodemo calibrate read scan.png --copy copy-1.png copy-2.pdf --terminal KIOSK-0012`,
  );
calibrate
  .command('sheet')
  .description('writes the calibration sheet: A4, one page, to be printed at 100 % on the printer that is calibrated')
  .requiredOption('--out <pdf>', 'where it goes')
  .action(async (options) => (await import('./calibrate.ts')).sheetCommand(options));
calibrate
  .command('print')
  .description(
    'Prints the calibration sheet on a kiosk’s own printer, as its configuration names it. The kiosk must be stopped: while it runs, or has a resident’s paper or money to settle, nothing is printed.\nExit status: 0 printed, 2 refused and nothing was sent to the printer, 1 not printed, or the printer does not say.',
  )
  .requiredOption('--config <file>', 'the kiosk’s configuration')
  .action(async (options) => (await import('./calibrate.ts')).printCommand(options));
calibrate
  .command('read')
  .description(
    'Measures the scan of a printed calibration sheet, and scans of its copies (PDF, PNG, JPEG, TIFF; gray or colour, 200 to 600 dpi), and says which profile suits.\nExit status: 0 a profile suits, 3 none does, 1 something cannot be measured.',
  )
  .argument('<scan>', 'the sheet as the printer printed it')
  .option('--copy <files...>', 'scans of photocopies of the sheet; each page is one copy')
  .option('--terminal <id>', 'whose printer it is: for the line that goes into the issuer’s configuration')
  .option('--json', 'for machines: one JSON object on standard output')
  .action(async (scan, options) => (await import('./calibrate.ts')).readCommand(scan, options));

program
  .command('monitor')
  .summary('did the log of issues only grow?')
  .description(
    'Looks at the log of issues that a portal serves, and compares it with what it saw last: the signature, that nothing was changed or taken out, every new entry, no number issued twice, none void that was never issued.\nExit status: 0 it only grew (or is as before), 3 it was changed (both checkpoints are kept as evidence), 1 unreachable, or signed by no log that the trust bundle names.',
  )
  .option('--portal <url>', 'where the log is served (the demo town’s portal, while the town is open)')
  .option('--trust <file>', 'the trust bundle: whose signature counts (the demo town’s, when it has been opened)')
  .option(
    '--state <file>',
    'what was seen is remembered here (else in the user’s state folder, or beside the town’s bundle)',
  )
  .option('--from-now', 'first look: begin at what is there now, without reading it')
  .option('--most-entries <n>', 'how many new entries to read at most', wholeNumber, 999_999)
  .option('--json', 'for machines: one JSON object on standard output')
  .addHelpText(
    'after',
    `
Examples:
  dokodemo monitor                                                   the open town's log
  dokodemo monitor --portal https://portal.example --trust bundle.json
  dokodemo monitor --portal https://portal.example --trust bundle.json --state seen.json --json     from cron`,
  )
  .action(async (options) => (await import('./monitor.ts')).monitorCommand(options));

program
  .command('serve')
  .description(`one system on its own: ${systems.join(', ')}`)
  .argument('<system>')
  .requiredOption('--config <file>', 'JSON; unknown keys are refused')
  .action(serveCommand);

program
  .command('prepare')
  .summary('makes or updates a system’s database on a PostgreSQL of your own')
  .description(
    'Makes the database, its three roles (owner, migrator, application) and tables where they are missing, and applies what migrations are new. Safe to run again; run it before a new version starts.',
  )
  .argument('<system>', 'center, issuer or base-registry')
  .requiredOption('--database-url <url>', 'as somebody who may create databases and roles')
  .option('--database <name>', 'dokodemo_<system> unless said otherwise')
  .option('--password-file <file>', 'sets the application role’s password to what stands in it')
  .action(async (system, options) => (await import('./prepare.ts')).prepareCommand(system, options));

program
  .command('redraw')
  .summary('draws the center’s statistics, accounts and cases anew from its journal')
  .requiredOption('--config <file>', 'the center’s configuration')
  .action(async ({ config }) => {
    const { redraw } = await import('@dokodemo/center/serve');
    console.log(`${await redraw(readConfig(config))} events read`);
  });

program
  .command('simulate')
  .description('the whole system in one process under a seed; `--help` of `npm run simulate` says more')
  .allowUnknownOption()
  .helpOption(false)
  .action(async () => {
    process.argv.splice(2, 1);
    await import('@dokodemo/simulation/simulate');
  });

try {
  await program.parseAsync();
  // A kiosk's devices may have timers left; whoever has come here has nothing to wait for.
  process.exit();
} catch (error) {
  if (error instanceof CommandError) {
    console.error(error.code === undefined ? error.message : `${error.code}: ${error.message}`);
    process.exit(error.exitCode);
  }
  // A system's log wants to know where; a person at a terminal what.
  const wantsStack = process.argv[2] === 'serve' || process.env.DOKODEMO_DEBUG !== undefined;
  console.error(error instanceof Error ? (wantsStack ? error.stack : error.message) : String(error));
  process.exit(1);
}
