/** What the systems write down while the resident stands there. */
import { type ReactNode, useContext, useLayoutEffect, useRef } from 'react';
import { Language, useWords } from './texts.ts';
import type { BenchState, CenterLine } from './world.ts';

type Line = { readonly key: string; readonly at: string; readonly text: string; readonly kind?: string };

/** Events that show what the house is about: the sealed paper, the proof, the money. */
const notable: Readonly<Record<string, string>> = {
  ApplicationPrepared: 'sealed',
  HolderProved: 'proved',
  MenuGiven: 'sealed',
  FeeCaptured: 'money',
  FeeReturned: 'money',
  FeeReserved: 'money',
  HandedOver: 'paper',
  Refused: 'refused',
  ApplicationRefused: 'refused',
  CaseOpened: 'refused',
};

function timeOf(at: string): string {
  return at.slice(11, 19);
}

function Journal({
  tone,
  title,
  line,
  lines,
  empty,
}: {
  readonly tone: 'kiosk' | 'center';
  readonly title: ReactNode;
  readonly line: ReactNode;
  readonly lines: readonly Line[];
  readonly empty: string;
}) {
  const list = useRef<HTMLOListElement>(null);
  const newest = lines.at(-1)?.key;
  useLayoutEffect(() => {
    // Read on every new line: the effect is for it.
    if (newest !== undefined && list.current !== null) list.current.scrollTop = list.current.scrollHeight;
  }, [newest]);
  return (
    <section className="corner journal" data-tone={tone}>
      <h2>{title}</h2>
      <p className="promise">{line}</p>
      {lines.length === 0 ? (
        <p className="empty">{empty}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls can be scrolled with keys
        <ol ref={list} tabIndex={0}>
          {lines.map(({ key, at, text, kind }) => (
            <li key={key} data-kind={kind === undefined ? undefined : notable[kind]}>
              <time>{timeOf(at)}</time> {text}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

export function KioskJournal({ lines }: { readonly lines: BenchState['journal'] | undefined }) {
  const words = useWords();
  return (
    <Journal
      tone="kiosk"
      title={words('journal.kiosk')}
      line={words('journal.kiosk.line')}
      lines={(lines ?? []).map(({ at, text }, i) => ({ key: `${at} ${i} ${text}`, at, text }))}
      empty={words(lines === undefined ? 'kiosk.away' : 'journal.empty')}
    />
  );
}

export function CenterJournal({ lines }: { readonly lines: readonly CenterLine[] | null | undefined }) {
  const words = useWords();
  const language = useContext(Language);
  return (
    <Journal
      tone="center"
      title={words('journal.center')}
      line={words('journal.center.line')}
      lines={(lines ?? []).map((it, i) => ({
        key: `${it.at} ${it.session} ${i}`,
        at: it.at,
        text: it[language],
        kind: it.kind,
      }))}
      empty={words(lines === null ? 'journal.away' : 'journal.empty')}
    />
  );
}
