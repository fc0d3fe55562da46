/** Where pictures are kept and how they are drawn on. Never a source: thrown away and drawn again at any time. */
import type { Journal } from '@dokodemo/journal';
import { ofJournal } from '../session/stream.ts';
import { type Rows, type View, type ViewName, viewNames, views } from './views.ts';

export type Pictures = {
  /** Draws on by a bounded number of events; answers how many. */
  advance(): Promise<number>;
  /** Throws everything away and draws it again; answers how many events were drawn. */
  rebuild(): Promise<number>;
  /** How far the journal has been drawn. */
  position(): Promise<number>;
  /** Rows whose key begins with `prefix`, in order of their keys, at most `limit`. */
  rows<Name extends ViewName>(view: Name, prefix: string, limit: number): Promise<readonly Rows[Name][]>;
  row<Name extends ViewName>(view: Name, key: string): Promise<Rows[Name] | undefined>;
};

const perRound = 500;

export function memoryPictures(journal: Pick<Journal, 'readAll'>): Pictures {
  const drawn = new Map<ViewName, Map<string, unknown>>(viewNames.map((name) => [name, new Map()]));
  let position = 0;
  const rowsOf = (view: ViewName) => drawn.get(view) ?? new Map<string, unknown>();

  async function advance(): Promise<number> {
    const { events, next } = await journal.readAll(position, perRound);
    position = next;
    for (const recorded of events.map(ofJournal)) {
      for (const name of viewNames) {
        const view: View<unknown> = views[name] as View<unknown>;
        const key = view.keyOf(recorded);
        if (key === undefined) continue;
        const row = view.draw(rowsOf(name).get(key), recorded);
        if (row === undefined) rowsOf(name).delete(key);
        else rowsOf(name).set(key, row);
      }
    }
    return events.length;
  }

  return {
    advance,
    async rebuild() {
      for (const rows of drawn.values()) rows.clear();
      position = 0;
      let total = 0;
      for (let done = await advance(); done > 0; done = await advance()) total += done;
      return total;
    },
    position: async () => position,
    rows: async <Name extends ViewName>(view: Name, prefix: string, limit: number) =>
      [...rowsOf(view)]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .slice(0, limit)
        .map(([, row]) => row as Rows[Name]),
    row: async <Name extends ViewName>(view: Name, key: string) => rowsOf(view).get(key) as Rows[Name] | undefined,
  };
}
