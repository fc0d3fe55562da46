import { Staff } from './staff.tsx';
import { hasText, useWords } from './texts.ts';
import type { Act, BenchState } from './world.ts';

const conditions = ['jam', 'media-empty', 'door-open', 'offline'] as const;
const moments = ['paid', 'sheet-out'] as const;

/** What goes wrong in a shop, by a switch. */
export function Faults({ world, act }: { readonly world: BenchState | undefined; readonly act: Act }) {
  const words = useWords();
  const on = world?.power === 'on';
  return (
    <section className="bay faults">
      <header>
        <h3>{words('faults')}</h3>
        <Staff act={act} />
      </header>
      <ul>
        {conditions.map((condition) => {
          const id = `fault.${condition}`;
          const active = world?.printer.conditions.includes(condition) ?? false;
          return (
            <li key={condition}>
              <button
                type="button"
                role="switch"
                className="switch"
                aria-checked={active}
                disabled={world === undefined}
                onClick={() => act({ act: 'printer', condition, on: !active })}
              >
                <span className="knob" />
                {hasText(id) ? words(id) : condition}
              </button>
            </li>
          );
        })}
        {moments.map((when) => {
          const armed = world?.powerFails === when;
          return (
            <li key={when}>
              <button
                type="button"
                role="switch"
                className="switch"
                aria-checked={armed}
                disabled={world === undefined}
                onClick={() => act({ act: 'power-fails', when: armed ? 'never' : when })}
              >
                <span className="knob" />
                {words(`power.fails.${when}`)}
              </button>
            </li>
          );
        })}
      </ul>
      <button
        type="button"
        className="power"
        data-off={!on || undefined}
        disabled={world === undefined}
        onClick={() => act({ act: 'power', on: !on })}
      >
        {words(on ? 'power.cut' : 'power.back')}
      </button>
    </section>
  );
}
