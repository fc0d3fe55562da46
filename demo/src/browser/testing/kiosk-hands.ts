/** Hands at a kiosk's bench: what a person does beside touching the screen, over the same HTTP as the bench's page. */
import type { BenchAct, BenchState } from '@dokodemo/kiosk';
import type { PanelState } from '@dokodemo/kiosk/panel-contract';

export type KioskHands = {
  act(act: BenchAct): Promise<void>;
  state(): Promise<BenchState>;
  /** The first state that is as wanted. */
  when(wanted: (state: BenchState) => boolean): Promise<BenchState>;
  sheet(sheetId: string): Promise<Uint8Array>;
  /** What the agent shows in this moment. */
  panel(): Promise<PanelState>;
};

const patienceMs = 30_000;

async function* states<State>(url: string, signal: AbortSignal): AsyncGenerator<State> {
  const response = await fetch(url, { signal });
  if (response.body === null) throw new Error(`${url} answers ${response.status}`);
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      if (data !== undefined) yield JSON.parse(data) as State;
    }
  }
}

async function first<State>(url: string, wanted: (state: State) => boolean): Promise<State> {
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(new Error(`${url} does not come to be as wanted`)), patienceMs);
  try {
    for await (const state of states<State>(url, enough.signal)) if (wanted(state)) return state;
    throw new Error(`${url} has closed`);
  } finally {
    clearTimeout(timer);
    enough.abort();
  }
}

export function kioskHands(url: string): KioskHands {
  const when: KioskHands['when'] = (wanted) => first(`${url}/bench/state`, wanted);
  return {
    async act(act) {
      const response = await fetch(`${url}/bench/act`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(act),
      });
      if (!response.ok) throw new Error(`${JSON.stringify(act)}: ${response.status} ${await response.text()}`);
    },
    state: () => when(() => true),
    when,
    panel: () => first<PanelState>(`${url}/panel/state`, () => true),
    async sheet(sheetId) {
      const response = await fetch(`${url}/bench/sheets/${sheetId}.pdf`);
      if (!response.ok) throw new Error(`sheet ${sheetId}: ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}
