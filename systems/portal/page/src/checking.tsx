import type { Progress } from '@dokodemo/proof/verify';
import { useSay } from './words/words.tsx';

export function Checking({
  progress,
  onCancel,
}: {
  readonly progress: Progress | undefined;
  readonly onCancel: () => void;
}) {
  const say = useSay();
  const words = () => {
    switch (progress?.doing) {
      case 'opening':
        return say('progress.opening', { name: progress.name ?? '' });
      case 'reading':
        return say('progress.reading', { page: Math.min(progress.done + 1, progress.of), of: progress.of });
      case 'comparing':
        return say('progress.comparing');
      default:
        return say('progress.preparing');
    }
  };
  return (
    <section className="checking">
      <div className="sweep" aria-hidden="true">
        <span />
      </div>
      <p role="status">{words()}</p>
      <progress aria-label={words()} max={(progress?.of ?? 1) + 1} value={progress?.done ?? 0} />
      <button type="button" className="button quiet" onClick={onCancel}>
        {say('cancel')}
      </button>
    </section>
  );
}
