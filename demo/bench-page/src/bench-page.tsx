/** The kiosk with the physical world around it: what a person has in hand, and what the systems write down. */
import { useCallback, useEffect, useState } from 'react';
import { Clerk } from './clerk.tsx';
import { Header } from './header.tsx';
import { CenterJournal, KioskJournal } from './journals.tsx';
import { Machine } from './machine.tsx';
import { type PanelSize, panelSizes } from './panel-size.ts';
import { Purse } from './purse.tsx';
import { type BenchLanguage, Language, wordsIn } from './texts.ts';
import { Wallet } from './wallet.tsx';
import { type BenchState, type CenterLine, type Settings, useActs, useEvents } from './world.ts';

const noteForMs = 3_500;

/** A line that goes away by itself. */
function useNote(): [string | undefined, (text: string) => void] {
  const [note, setNote] = useState<{ readonly text: string }>();
  useEffect(() => {
    if (note === undefined) return;
    const timer = setTimeout(() => setNote(undefined), noteForMs);
    return () => clearTimeout(timer);
  }, [note]);
  return [note?.text, useCallback((text: string) => setNote({ text }), [])];
}

function keptLanguage(): BenchLanguage {
  const kept = localStorage.getItem('bench-language');
  return kept === 'en' || kept === 'ja' ? kept : navigator.language.startsWith('ja') ? 'ja' : 'en';
}

export function BenchPage({ settings }: { readonly settings: Settings }) {
  const [language, setLanguage] = useState<BenchLanguage>(keptLanguage);
  const [size, setSize] = useState<PanelSize>(panelSizes[0]);
  const [note, setNote] = useNote();
  const words = wordsIn(language);
  const world = useEvents<BenchState>(`${settings.kioskUrl}/bench/state`);
  const center = useEvents<readonly CenterLine[] | null>('./center-journal');
  const act = useActs(settings.kioskUrl, (code) => setNote(words('refused', { code })));
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = words('title');
    localStorage.setItem('bench-language', language);
  }, [language, words]);
  return (
    <Language value={language}>
      <Header
        portalUrl={settings.portalUrl}
        language={language}
        onLanguage={setLanguage}
        size={size}
        onSize={setSize}
      />
      <main className="bench" data-portrait={size.height > size.width || undefined}>
        <Machine kioskUrl={settings.kioskUrl} size={size} world={world} act={act} />
        <div className="hands">
          <Wallet cards={world?.cards ?? []} english={settings.cards} act={act} />
          <Purse slotsOpen={world?.money.slotsOpen ?? false} act={act} />
          <Clerk people={settings.cards} />
          <KioskJournal lines={world?.journal} />
          <CenterJournal lines={center} />
        </div>
      </main>
      <p className="note" role="status">
        {note !== undefined && <span>{note}</span>}
      </p>
    </Language>
  );
}
