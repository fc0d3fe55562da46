import { leastOnCopies, mostOnPaper, type ProfileResult } from '@dokodemo/proof/verify';
import { useCalibrateWords } from '../words/calibrate/index.ts';

export const lightnessText = (deltaL: number) => deltaL.toFixed(1).replace('-', '−');

type ChartProps = {
  readonly profiles: readonly ProfileResult[];
  readonly copies: number;
  readonly chosen: string | undefined;
};

const [width, height, left, top, foot] = [760, 300, 46, 14, 44] as const;

/** Bars upwards are a darker word, downwards a paler one. Numbers are under the pictures below, too: whoever does not see
 *  the bars misses nothing. */
export function Chart({ profiles, copies, chosen }: ChartProps) {
  const say = useCalibrateWords();
  const all = profiles.flatMap(({ paper, copies: on }) => [paper, ...on].map(({ deltaL }) => deltaL));
  const [high, low] = [Math.ceil(Math.max(3, ...all)), Math.floor(Math.min(-mostOnPaper, ...all))];
  const y = (value: number) => top + ((high - value) / (high - low)) * (height - top - foot);
  const group = (width - left) / profiles.length;
  const bar = Math.min(30, (group - 22) / (copies + 1));
  const lines = [...Array(high - low + 1).keys()].map((i) => low + i);
  return (
    <figure className="chart">
      <figcaption>
        <b>{say('chart.title')}</b> <span>{say('chart.unit')}</span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
        {lines.map((value) => (
          <g key={value} className="grid">
            <path d={`M${left} ${y(value)}H${width}`} data-zero={value === 0 || undefined} />
            <text x={left - 8} y={y(value) + 5} textAnchor="end">
              {String(value).replace('-', '−')}
            </text>
          </g>
        ))}
        {profiles.map(({ profile, paper, copies: on }, i) => {
          const readings = [paper, ...on];
          const start = left + i * group + (group - bar * readings.length) / 2;
          return (
            <g key={profile} data-chosen={profile === chosen || undefined}>
              {profile === chosen && (
                <rect
                  className="band"
                  x={left + i * group + 3}
                  y={top}
                  width={group - 6}
                  height={height - top - 4}
                  rx="8"
                />
              )}
              {readings.map(({ deltaL }, k) => (
                <rect
                  key={k === 0 ? 'paper' : `copy ${k}`}
                  className={k === 0 ? 'of-paper' : 'of-copy'}
                  x={start + k * bar + 1.5}
                  width={bar - 3}
                  y={Math.min(y(0), y(deltaL))}
                  height={Math.max(1.5, Math.abs(y(deltaL) - y(0)))}
                />
              ))}
              <text className="name" x={left + (i + 0.5) * group} y={height - 16} textAnchor="middle">
                {'ABCDEFGH'[i]} {profile}
              </text>
            </g>
          );
        })}
        <path className="limit-copies" d={`M${left} ${y(leastOnCopies)}H${width}`} />
        <path className="limit-paper" d={`M${left} ${y(mostOnPaper)}H${width}M${left} ${y(-mostOnPaper)}H${width}`} />
      </svg>
      <ul className="legend">
        <li data-of="paper">{say('limit.paper', { most: `±${mostOnPaper.toFixed(1)}` })}</li>
        {copies > 0 && <li data-of="copy">{say('limit.copies', { least: leastOnCopies.toFixed(1) })}</li>}
      </ul>
    </figure>
  );
}
