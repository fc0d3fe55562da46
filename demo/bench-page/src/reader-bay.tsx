import { useDropPlace } from './dragging.ts';
import { useWords } from './texts.ts';
import type { Act, BenchState } from './world.ts';

export function ReaderBay({ cards, act }: { readonly cards: BenchState['cards']; readonly act: Act }) {
  const words = useWords();
  const { over, props } = useDropPlace('card', act);
  const here = cards.filter(({ onReader }) => onReader);
  const [card] = here;
  return (
    <section className="bay reader" data-over={over || undefined} data-used={here.length > 0 || undefined} {...props}>
      <h3>{words('reader')}</h3>
      {card === undefined ? (
        <p className="pad">
          <svg viewBox="0 0 64 48" aria-hidden="true">
            <rect x="14" y="16" width="36" height="24" rx="3" />
            <path d="M32 4v8m-5-4 5 5 5-5" />
          </svg>
          {words('reader.empty')}
        </p>
      ) : (
        <button type="button" className="card on-pad" onClick={() => act({ act: 'take-card' })}>
          <span className="card-name">{here.length > 1 ? words('reader.two') : card.label}</span>
          <span className="chip" />
          <span className="card-foot">
            {words('card.pin')} {card.pin}
            {card.secondPin === undefined ? null : ` / ${card.secondPin}`}
          </span>
          <span className="card-take">{words('reader.take')}</span>
        </button>
      )}
    </section>
  );
}
