/** What the public log of issues says of a paper, beside what the records say. */
import type { Reply } from '@dokodemo/proof/verify';
import type { WordId } from '../words/words.tsx';

const words: Readonly<Record<string, WordId>> = {
  included: 'log.included',
  'not-proven': 'log.not-proven',
  false: 'log.false',
};

/** Undefined: nobody was asked, or it adds nothing: that a void paper was once issued is no news. */
export function logWord({ code, values }: Reply): WordId | undefined {
  if (code === 'void') return undefined;
  const { log, why } = values ?? {};
  return why === 'no-log-is-known' ? 'log.no-log' : words[String(log)];
}
