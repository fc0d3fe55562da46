/** The outlet from the front. `printing`: a sheet comes slowly; `ready`: all of it lies there; `stopped`: it stands. */
export function PrinterPicture({ doing }: { readonly doing: 'printing' | 'ready' | 'stopped' }) {
  return (
    <svg
      className="picture printer-picture"
      data-doing={doing}
      viewBox="0 0 400 380"
      aria-hidden="true"
      focusable="false"
    >
      <ellipse cx="200" cy="358" rx="150" ry="14" className="pic-shadow" />
      <rect x="40" y="30" width="320" height="112" rx="24" className="pic-desk-top" />
      <circle cx="318" cy="66" r="10" className="printer-lamp" />
      <path d="M76 66h96" className="pic-paper-lines" />
      <rect x="76" y="104" width="248" height="20" rx="10" className="pic-outlet" />
      <clipPath id="below-outlet">
        <path d="M60 116h280v264H60z" />
      </clipPath>
      <g clipPath="url(#below-outlet)">
        <g className="printer-sheet">
          <path d="M104 116h192v230H104z" className="pic-paper" />
          <path d="M160 148h80" className="pic-paper-title" />
          <path d="M128 182h144M128 206h144M128 230h144M128 254h96" className="pic-paper-lines" />
          <path d="M234 284h36v36h-36z" className="pic-seal" />
          <path d="M243 295h18m-18 8h18m-9-11v21" className="pic-seal-lines" />
        </g>
      </g>
      {doing === 'ready' ? <path d="M348 250v84m-24-26 24 26 24-26" className="pic-arrow" /> : null}
      {doing === 'stopped' ? (
        <g>
          <path d="M200 176 276 306H124z" className="pic-warning" />
          <path d="M200 222v40m0 18v2" className="pic-warning-mark" />
        </g>
      ) : null}
    </svg>
  );
}
