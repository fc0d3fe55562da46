import { useCallback, useEffect, useState } from 'react';
import { signOut, type Who, whoAmI } from './api.ts';
import { Audit } from './pages/audit.tsx';
import { Door } from './pages/door.tsx';
import { Enrolments } from './pages/enrolments.tsx';
import { Forms } from './pages/forms.tsx';
import { History } from './pages/history.tsx';
import { Home } from './pages/home.tsx';
import { SettingPage } from './pages/setting-page.tsx';
import { type Language, languages, type Say, sayIn, type WordKey } from './words.ts';

export type PageProps = { readonly who: Who; readonly municipality: string; readonly say: Say };

type Place = { readonly page: string; readonly setting: string };
function placeOf(hash: string): Place {
  const [page = 'home', setting = ''] = hash.replace(/^#\/?/, '').split('/');
  return { page: page === '' ? 'home' : page, setting };
}

function usePlace(): Place {
  const [place, go] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const follow = () => go(placeOf(location.hash));
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return place;
}

const pages: readonly {
  readonly page: string;
  readonly href: string;
  readonly word: WordKey;
  readonly roles?: readonly string[];
}[] = [
  { page: 'home', href: '#/home', word: 'home' },
  { page: 'forms', href: '#/forms', word: 'forms', roles: ['form-editor', 'form-approver', 'auditor'] },
  {
    page: 'certification',
    href: '#/certification',
    word: 'certification',
    roles: ['form-editor', 'form-approver', 'auditor'],
  },
  { page: 'history', href: '#/history', word: 'history', roles: ['history-reader'] },
  { page: 'enrolment', href: '#/enrolment', word: 'enrolment', roles: ['enrolment-officer'] },
  { page: 'audit', href: '#/audit', word: 'audit', roles: ['auditor'] },
];

function Page({ place, ...props }: PageProps & { readonly place: Place }) {
  switch (place.page) {
    case 'forms':
      return place.setting === '' ? (
        <Forms {...props} />
      ) : (
        <SettingPage key={place.setting} {...props} settingId={place.setting} />
      );
    case 'certification':
      return <SettingPage key="certification" {...props} settingId="certification" />;
    case 'history':
      return <History {...props} />;
    case 'enrolment':
      return <Enrolments {...props} enrolmentId={place.setting} />;
    case 'audit':
      return <Audit {...props} />;
    default:
      return <Home {...props} />;
  }
}

function keptLanguage(): Language {
  return languages.find((it) => it === localStorage.getItem('language')) ?? 'ja';
}

export function App() {
  const [who, setWho] = useState<Who | null | undefined>(undefined);
  const [language, setLanguage] = useState<Language>(keptLanguage);
  const [municipality, setMunicipality] = useState('');
  const place = usePlace();
  const say = sayIn(language);
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem('language', language);
  }, [language]);
  useEffect(() => {
    void whoAmI().then((asked) => {
      setWho(asked.ok ? asked.value : null);
      if (asked.ok) setMunicipality(Object.keys(asked.value.grants)[0] ?? '');
    });
  }, []);
  const leave = useCallback(async () => {
    if (who) await signOut(who);
    location.assign('/');
  }, [who]);
  if (who === undefined) return null;
  const switchLanguage = (
    <button
      type="button"
      className="plain"
      lang={language === 'ja' ? 'en' : 'ja'}
      onClick={() => setLanguage(language === 'ja' ? 'en' : 'ja')}
    >
      {language === 'ja' ? 'English' : '日本語'}
    </button>
  );
  if (who === null) return <Door say={say} language={switchLanguage} />;
  const held = who.grants[municipality] ?? [];
  const codes = Object.keys(who.grants);
  return (
    <div className="frame">
      <button type="button" className="skip" onClick={() => document.getElementById('content')?.focus()}>
        {say('skip-to-content')}
      </button>
      <header className="top">
        <p className="brand">
          <b>どこでも</b>
          <span>{say('console')}</span>
        </p>
        {codes.length > 1 && (
          <label className="inline">
            {say('municipality')}
            <select value={municipality} onChange={(event) => setMunicipality(event.target.value)}>
              {codes.map((code) => (
                <option key={code}>{code}</option>
              ))}
            </select>
          </label>
        )}
        <span className="grow" />
        {switchLanguage}
        <span className="person">{who.name}</span>
        <button type="button" className="plain" onClick={() => void leave()}>
          {say('sign-out')}
        </button>
      </header>
      <nav aria-label={say('main-navigation')}>
        <ul>
          {pages
            .filter(({ roles }) => roles === undefined || roles.some((role) => held.includes(role)))
            .map(({ page, href, word }) => (
              <li key={page}>
                <a href={href} aria-current={place.page === page ? 'page' : undefined}>
                  {say(word)}
                </a>
              </li>
            ))}
        </ul>
      </nav>
      <main id="content" tabIndex={-1} key={municipality}>
        <Page place={place} who={who} municipality={municipality} say={say} />
      </main>
    </div>
  );
}
