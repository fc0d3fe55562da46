/** The panel's page. It lives for as long as the kiosk is on; a session lives in one React root, and is thrown away
 *  with it: nothing of a resident is left in the page for the next one. */
import { createRoot, type Root } from 'react-dom/client';
import { followAgent, type Shown, sendTouch } from './agent-link.ts';
import { keepPhysicalSize } from './device/physical-size.ts';
import { Panel } from './panel.tsx';
import { openTouchGate } from './touch-gate.ts';

const place = document.getElementById('panel');
if (place === null) throw new Error('the page has no place for the panel');

const gate = openTouchGate(sendTouch);
let root: Root | undefined;
let inSession = false;

function isSession(shown: Shown): boolean {
  return shown.is === 'on' && shown.state.screen.kind !== 'welcome' && shown.state.screen.kind !== 'out-of-service';
}

followAgent((shown) => {
  gate.state(shown.is === 'on' ? shown.state : undefined);
  if (inSession && !isSession(shown)) {
    root?.unmount();
    root = undefined;
  }
  inSession = isSession(shown);
  root ??= createRoot(place);
  root.render(<Panel shown={shown} touch={gate.touch} />);
});
keepPhysicalSize(window);
