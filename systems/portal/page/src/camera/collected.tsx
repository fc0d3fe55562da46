/** Which codes of the back were read: in their places, and how many. */
import type { Collected as OfBack } from '@dokodemo/proof/verify';
import { useSay } from '../words/words.tsx';

/** Of a back that nothing is known of yet. */
const usual = 12;
const columns = 3;

export function Collected({ back, isDone }: { readonly back: OfBack | undefined; readonly isDone: boolean }) {
  const say = useSay();
  const count = back?.count ?? usual;
  const read = new Set(back?.indexes);
  return (
    <div className="collected" data-done={isDone || undefined}>
      <svg
        viewBox={`0 0 ${columns * 10} ${Math.ceil(count / columns) * 10}`}
        className="tiles"
        aria-hidden="true"
        focusable="false"
      >
        {Array.from({ length: count }, (_, i) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a place is its number
            key={i}
            data-read={read.has(i) || undefined}
            x={(i % columns) * 10 + 1}
            y={Math.floor(i / columns) * 10 + 1}
            width="8"
            height="8"
            rx="1.5"
          />
        ))}
      </svg>
      <div aria-hidden="true">
        <p className="tally">
          {read.size} / {count}
        </p>
        <p>
          {isDone
            ? say('live.back-read')
            : back === undefined
              ? say('live.codes')
              : say('live.enough', { needed: back.needed })}
        </p>
      </div>
    </div>
  );
}
