import { carry } from './dragging.ts';
import { useWords } from './texts.ts';
import type { Act } from './world.ts';

const pieces = [10, 50, 100, 500, 1_000] as const;

export function Purse({ slotsOpen, act }: { readonly slotsOpen: boolean; readonly act: Act }) {
  const words = useWords();
  return (
    <section className="corner purse" data-shut={!slotsOpen || undefined}>
      <h2>
        {words('purse')} <small>{words(slotsOpen ? 'purse.help' : 'purse.closed')}</small>
      </h2>
      <ul>
        {pieces.map((yen) => (
          <li key={yen}>
            <button
              type="button"
              className={yen === 1_000 ? 'banknote' : 'coin'}
              data-yen={yen}
              disabled={!slotsOpen}
              draggable={slotsOpen}
              aria-label={words('coin.insert', { yen })}
              onDragStart={(event) => carry(event, { kind: 'money', act: { act: 'insert-cash', yen } })}
              onClick={() => act({ act: 'insert-cash', yen })}
            >
              <span>{yen}</span>
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            className="ic-money"
            disabled={!slotsOpen}
            draggable={slotsOpen}
            aria-label={words('ic-money.touch')}
            onDragStart={(event) => carry(event, { kind: 'money', act: { act: 'touch-ic-money' } })}
            onClick={() => act({ act: 'touch-ic-money' })}
          >
            {words('ic-money')}
          </button>
        </li>
      </ul>
    </section>
  );
}
