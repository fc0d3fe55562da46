/**
 * The link to the agent on the same machine: states in, touches out. The page keeps the newest state only; when the
 * link breaks it keeps none.
 */
import type { PanelState, PanelTouch } from '../../src/panel-contract.ts';

export type Shown =
  | { readonly is: 'connecting' }
  | { readonly is: 'dark' }
  | { readonly is: 'on'; readonly state: PanelState };

const reopenAfterMs = 1_000;

/** Calls `show` with every state. The browser opens a broken stream again by itself, except after an answer that is no
 *  stream (a server that is only just starting): that is tried again here. */
export function followAgent(show: (shown: Shown) => void, page: Window = window): void {
  const stream = new EventSource('/panel/state');
  stream.onmessage = ({ data }) => show({ is: 'on', state: JSON.parse(data) as PanelState });
  stream.addEventListener('power', () => show({ is: 'dark' }));
  stream.onerror = () => {
    show({ is: 'connecting' });
    if (stream.readyState !== EventSource.CLOSED) return;
    page.setTimeout(() => followAgent(show, page), reopenAfterMs);
  };
}

export async function sendTouch(revision: number, touch: PanelTouch): Promise<boolean> {
  try {
    const answer = await fetch('/panel/touch', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ revision, touch }),
      cache: 'no-store',
    });
    return answer.ok;
  } catch {
    return false;
  }
}
