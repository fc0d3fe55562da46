/** The `dokodemo` command. */
import { Command, InvalidArgumentError } from 'commander';
import { CommandError } from './command-error.ts';
import { serveCommand, systems } from './serve.ts';

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
  .description(
    'one issuance over the real wire, as a kiosk would; prints each step, writes what came out of the printer',
  )
  .requiredOption('--card <name>', 'a demo resident: taro, hanako, nguyen, watanabe, big …')
  .option('--pin <digits>', 'the card’s PIN', '1234')
  .option('--kind <kind>', 'which certificate', 'residence')
  .option('--members <who>', 'all, holder, or numbers of the list such as 1,3')
  .option(
    '--show <items>',
    'what to show, with commas: head, domicile, individual-number, nationality, status, card-number',
  )
  .option('--choose <key=value>', 'an answer to a question, repeatable', collect, [])
  .option('--copies <n>', 'how many', wholeNumber, 1)
  .option('--out <file>', 'where the PDF goes')
  .option('--json', 'for machines: one JSON object on standard output')
  .action(async (options) => (await import('./issue.ts')).issueCommand(options));

program
  .command('menu')
  .description('what this holder may take now, as a tree')
  .requiredOption('--card <name>', 'a demo resident')
  .option('--pin <digits>', 'the card’s PIN', '1234')
  .option('--json', 'for machines')
  .action(async (options) => (await import('./menu.ts')).menuCommand(options));

program
  .command('serve')
  .description(`one system on its own: ${systems.join(', ')}`)
  .argument('<system>')
  .requiredOption('--config <file>', 'JSON; unknown keys are refused')
  .action(serveCommand);

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
} catch (error) {
  if (error instanceof CommandError) {
    console.error(error.code === undefined ? error.message : `${error.code}: ${error.message}`);
    process.exit(error.exitCode);
  }
  console.error(error instanceof Error ? error.stack : String(error));
  process.exit(1);
}
