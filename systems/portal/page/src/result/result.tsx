import type { FilesVerification, Verdict } from '@dokodemo/proof/verify';
import { Drawing } from '../drawings.tsx';
import { useSay } from '../words/words.tsx';
import { After, type AfterProps } from './after.tsx';
import { Sheet } from './sheet.tsx';

const tips = ['tip.both', 'tip.dpi', 'tip.light', 'tip.flat'] as const;

type ResultProps = AfterProps & {
  readonly verification: FilesVerification;
  /** The code of a back's own front was typed. */
  readonly onCode: (checkCode: string) => void;
};

export function Result({ verification, onCode, ...after }: ResultProps) {
  const say = useSay();
  const { faults } = verification;
  return (
    <>
      {verification.readable ? (
        verification.sheets.map((verdict: Verdict, i) => (
          // Sheets have no name of their own where nothing could be opened.
          // biome-ignore lint/suspicious/noArrayIndexKey: a result never changes
          <Sheet key={i} verdict={verdict} of={verification.sheets.length} at={i + 1} onCode={onCode} />
        ))
      ) : (
        <section className="unreadable">
          <h1>
            <Drawing name="unproven" />
            {say('unreadable.title')}
          </h1>
          <p>{say.reason(verification)}</p>
          <ul>
            {tips.map((tip) => (
              <li key={tip}>{say(tip)}</li>
            ))}
          </ul>
        </section>
      )}
      {faults.length > 0 && (
        <section className="faults">
          <h2>{say('fault.title')}</h2>
          <ul>
            {faults.map(({ name, code }) => (
              <li key={name}>
                <b>{name}</b> {say.reason({ code })}
              </li>
            ))}
          </ul>
        </section>
      )}
      <After {...after} />
    </>
  );
}
