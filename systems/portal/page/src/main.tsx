import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

const place = document.getElementById('portal');
if (place === null) throw new Error('the page has no place for the portal');
createRoot(place).render(<App />);

// Without it, or where the browser allows none, the page works all the same while there is a network.
if ('serviceWorker' in navigator) navigator.serviceWorker.register('./offline.js').catch(() => undefined);
