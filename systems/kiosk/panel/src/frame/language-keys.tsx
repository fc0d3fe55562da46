import { type TextLanguage, textLanguages } from '@dokodemo/domain';
import { Key } from '@dokodemo/web-ui';
import { languageNames, locales } from '@dokodemo/web-ui/languages';
import { useWords } from '../words/words.tsx';

/** Every language in its own name. */
export function LanguageKeys({ choose }: { readonly choose: (language: TextLanguage) => void }) {
  const words = useWords();
  return (
    <ul className="language-keys">
      {textLanguages.map((language) => (
        <li key={language}>
          <Key
            lang={locales[language].lang}
            aria-current={language === words.language ? 'true' : undefined}
            onClick={() => choose(language)}
          >
            {languageNames[language]}
          </Key>
        </li>
      ))}
    </ul>
  );
}
