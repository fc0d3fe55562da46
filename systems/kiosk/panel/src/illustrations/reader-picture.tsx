import { CardDrawing } from './my-number-card.tsx';

/** The card reader seen from above. `place`: the card comes; `lies`: it is there; `remove`: it goes. The motion is slow,
 *  and still for those who asked their machine for that. */
export function ReaderPicture({
  doing,
  label,
}: {
  readonly doing: 'place' | 'lies' | 'remove';
  readonly label: string;
}) {
  return (
    <svg
      className="picture reader-picture"
      data-doing={doing}
      viewBox="0 0 400 400"
      aria-hidden="true"
      focusable="false"
    >
      <ellipse cx="200" cy="372" rx="168" ry="16" className="pic-shadow" />
      <rect x="40" y="150" width="320" height="216" rx="30" className="pic-desk" />
      <rect x="40" y="150" width="320" height="196" rx="30" className="pic-desk-top" />
      <rect x="82" y="174" width="236" height="150" rx="20" className="reader-pad" />
      <rect x="97" y="189" width="206" height="120" rx="14" className="reader-outline" />
      <g className="reader-label">
        <path d="M178 222a31 31 0 0 1 44 0m-34 11a17 17 0 0 1 24 0" className="reader-waves" />
        <text x="200" y="276" textAnchor="middle">
          {label}
        </text>
      </g>
      <g className="reader-card">
        <g transform="translate(105 189)">
          <CardDrawing />
        </g>
      </g>
      <g className="reader-arrow">
        {doing === 'remove' ? <path d="M350 118V36m-26 28 26-28 26 28" /> : null}
        {doing === 'place' ? <path d="M350 36v82m-26-28 26 28 26-28" /> : null}
      </g>
    </svg>
  );
}
