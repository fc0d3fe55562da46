/** Slots for coins and notes; a coin falls in slowly. */
export function CashPicture() {
  return (
    <svg className="picture cash-picture" viewBox="0 0 240 150" aria-hidden="true" focusable="false">
      <rect x="6" y="6" width="228" height="138" rx="16" className="pic-desk-top" />
      <circle cx="66" cy="90" r="36" className="pic-plate" />
      <path d="M66 66v48" className="pic-slit" />
      <rect x="122" y="62" width="96" height="62" rx="10" className="pic-plate" />
      <path d="M134 78h72" className="pic-slit" />
      <g className="note-in">
        <path d="M138 78h64v32h-64z" className="pic-note" />
        <circle cx="170" cy="94" r="8" className="pic-note-mark" />
      </g>
      <g className="coin-in">
        <circle cx="66" cy="34" r="17" className="pic-coin" />
        <circle cx="66" cy="34" r="11" className="pic-coin-rim" />
      </g>
    </svg>
  );
}

/** The reader for electronic money. */
export function IcMoneyPicture() {
  return (
    <svg className="picture ic-picture" viewBox="0 0 240 150" aria-hidden="true" focusable="false">
      <rect x="6" y="6" width="228" height="138" rx="16" className="pic-desk-top" />
      <rect x="62" y="26" width="116" height="98" rx="18" className="pic-touch" />
      <path d="M96 88a34 34 0 0 1 48 0m-60-14a51 51 0 0 1 72 0m-48 27a17 17 0 0 1 24 0" className="pic-touch-waves" />
    </svg>
  );
}

/** Coins lie in the return tray. */
export function ReturnPicture({ empty }: { readonly empty: boolean }) {
  return (
    <svg className="picture return-picture" viewBox="0 0 400 320" aria-hidden="true" focusable="false">
      <ellipse cx="200" cy="292" rx="160" ry="16" className="pic-shadow" />
      <rect x="50" y="24" width="300" height="262" rx="28" className="pic-desk-top" />
      <path d="M96 150h208v68a44 44 0 0 1-44 44H140a44 44 0 0 1-44-44z" className="pic-tray-hole" />
      {empty ? (
        <path d="m150 88 34 34 70-70" className="pic-tick" />
      ) : (
        <>
          <g>
            <circle cx="158" cy="216" r="30" className="pic-coin" />
            <circle cx="158" cy="216" r="20" className="pic-coin-rim" />
            <circle cx="242" cy="218" r="30" className="pic-coin" />
            <circle cx="242" cy="218" r="20" className="pic-coin-rim" />
            <circle cx="200" cy="204" r="32" className="pic-coin" />
            <circle cx="200" cy="204" r="21" className="pic-coin-rim" />
          </g>
          <path d="M200 56v64m-26-26 26 26 26-26" className="pic-arrow" />
        </>
      )}
      <path d="M84 150h232" className="pic-tray-lip" />
    </svg>
  );
}
