import { CardDrawing } from './my-number-card.tsx';

/** Card, paper, change: what is easily left behind. */
export function PartingPicture() {
  return (
    <svg className="picture parting-picture" viewBox="0 0 520 300" aria-hidden="true" focusable="false">
      <ellipse cx="260" cy="276" rx="230" ry="16" className="pic-shadow" />
      <g transform="translate(176 20) rotate(3 84 120)">
        <path d="M0 0h168v240H0z" className="pic-paper" />
        <path d="M48 34h72" className="pic-paper-title" />
        <path d="M26 72h116M26 98h116M26 124h116M26 150h72" className="pic-paper-lines" />
        <path d="M112 182h32v32h-32z" className="pic-seal" />
      </g>
      <g transform="translate(30 128) rotate(-7 95 60)">
        <CardDrawing />
      </g>
      <g transform="translate(0 10)">
        <circle cx="400" cy="214" r="34" className="pic-coin" />
        <circle cx="400" cy="214" r="23" className="pic-coin-rim" />
        <circle cx="454" cy="222" r="28" className="pic-coin" />
        <circle cx="454" cy="222" r="18" className="pic-coin-rim" />
      </g>
    </svg>
  );
}

/** A shutter that is down. */
export function ClosedPicture() {
  return (
    <svg className="picture closed-picture" viewBox="0 0 400 340" aria-hidden="true" focusable="false">
      <ellipse cx="200" cy="318" rx="150" ry="14" className="pic-shadow" />
      <path d="M96 40a22 22 0 0 1 22-22h164a22 22 0 0 1 22 22v274H96z" className="pic-body" />
      <rect x="122" y="48" width="156" height="120" rx="10" className="pic-screen-off" />
      <circle cx="200" cy="108" r="34" className="pic-off-ring" />
      <path d="M200 74v30" className="pic-off-mark" />
      <path d="M130 206h140v20H130z" className="pic-outlet" />
      <path d="M150 256h100" className="pic-paper-lines" />
    </svg>
  );
}
