import { type PanelSize, panelSizes } from './panel-size.ts';
import { type BenchLanguage, useWords } from './texts.ts';

type HeaderProps = {
  /** 問合せサイト, where a paper is checked. */
  readonly portalUrl: string;
  readonly language: BenchLanguage;
  readonly onLanguage: (language: BenchLanguage) => void;
  readonly size: PanelSize;
  readonly onSize: (size: PanelSize) => void;
};

export function Header({ portalUrl, language, onLanguage, size, onSize }: HeaderProps) {
  const words = useWords();
  return (
    <header className="header">
      <h1>{words('title')}</h1>
      <p>{words('subtitle')}</p>
      <a className="portal" href={portalUrl} target="_blank" rel="noreferrer">
        {words('portal')}
      </a>
      <fieldset className="segments">
        <legend>{words('screen.size')}</legend>
        {panelSizes.map((it) => (
          <button key={it.id} type="button" aria-pressed={it === size} onClick={() => onSize(it)}>
            {it.name}
          </button>
        ))}
      </fieldset>
      <fieldset className="segments">
        <legend>Language</legend>
        {(['ja', 'en'] as const).map((it) => (
          <button key={it} type="button" lang={it} aria-pressed={it === language} onClick={() => onLanguage(it)}>
            {it === 'ja' ? '日本語' : 'English'}
          </button>
        ))}
      </fieldset>
    </header>
  );
}
