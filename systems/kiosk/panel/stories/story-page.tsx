/** Development only: `vite` in this folder, then /stories.html?story=choose-kind&language=vi. Not built for a kiosk. */
import { textLanguages } from '@dokodemo/domain';
import { createRoot } from 'react-dom/client';
import { keepPhysicalSize } from '../src/device/physical-size.ts';
import { Panel } from '../src/panel.tsx';
import { type StoryName, stories } from './stories.ts';

const asked = new URLSearchParams(location.search);
const names = Object.keys(stories) as StoryName[];
const name = names.find((it) => it === asked.get('story')) ?? 'welcome';
const language = textLanguages.find((it) => it === asked.get('language')) ?? 'ja';

function go(story: StoryName): void {
  asked.set('story', story);
  location.search = asked.toString();
}

// Page up, page down: the story before and after.
addEventListener('keydown', ({ key }) => {
  const step = key === 'PageDown' ? 1 : key === 'PageUp' ? -1 : 0;
  const next = names[(names.indexOf(name) + step + names.length) % names.length];
  if (step !== 0 && next !== undefined) go(next);
});

const place = document.getElementById('panel');
if (place === null) throw new Error('the page has no place for the panel');
keepPhysicalSize(window);
createRoot(place).render(
  <Panel
    shown={{ is: 'on', state: { ...stories[name], language } }}
    touch={(touch) => {
      console.info('touch', touch);
      return true;
    }}
  />,
);
