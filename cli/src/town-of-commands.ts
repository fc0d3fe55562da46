/** The open town, for commands: its cards, and a kiosk that stands in it. */
import { type DemoCard, defaultTownRoot, demoCards, rowsOf, TownError } from '@dokodemo/demo';
import { type CommandKiosk, openCommandKiosk } from '@dokodemo/demo/command-kiosk';
import { CommandError } from './command-error.ts';

export function findCard(name: string): DemoCard {
  const card = demoCards.find(({ key }) => key === name);
  if (card !== undefined) return card;
  const lines = rowsOf(demoCards.map(({ key, label, noteInEnglish }) => [`  ${key}`, label, noteInEnglish]));
  throw new CommandError(`There is no card “${name}”. There are:\n${lines.join('\n')}`);
}

/** Works at a kiosk of the open town, and leaves it in order whatever happens. */
export async function atKiosk<T>(work: (kiosk: CommandKiosk) => Promise<T>): Promise<T> {
  const notes: string[] = [];
  let kiosk: CommandKiosk;
  try {
    kiosk = await openCommandKiosk({
      root: defaultTownRoot(),
      note: ({ what, detail }) => void notes.push(`${what}: ${detail}`),
    });
  } catch (error) {
    if (error instanceof TownError) throw new CommandError(error.message);
    throw error;
  }
  try {
    return await work(kiosk);
  } finally {
    await kiosk.close();
    if (process.env.DOKODEMO_DEBUG !== undefined) for (const note of notes) console.error(`kiosk: ${note}`);
  }
}
