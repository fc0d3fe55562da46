import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BenchPage } from './bench-page.tsx';
import { loadSettings } from './world.ts';

const place = document.getElementById('bench');
if (place === null) throw new Error('the page has no place for the bench');
const root = createRoot(place);
loadSettings().then(
  (settings) =>
    root.render(
      <StrictMode>
        <BenchPage settings={settings} />
      </StrictMode>,
    ),
  (error: unknown) => root.render(<p className="broken">この画面を開けません: {String(error)}</p>),
);
