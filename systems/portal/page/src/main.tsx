import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const place = document.getElementById('portal');
if (place === null) throw new Error('the page has no place for the portal');
createRoot(place).render(<App />);
