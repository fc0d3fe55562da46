/** The machine in its town: what a resident is about to use, at a glance. */
export function KioskPicture() {
  return (
    <svg className="picture kiosk-picture" viewBox="0 0 520 460" aria-hidden="true" focusable="false">
      <circle cx="410" cy="104" r="44" className="pic-sun" />
      <path d="M0 330c70-84 130-96 196-52 58-70 150-88 324 30v100H0z" className="pic-hill" />
      <path
        d="M28 398v-86l38-30 38 30v86zM112 398V262h74v136zM362 398v-96h58v96zM424 398v-66l34-28 34 28v66z"
        className="pic-town"
      />
      <path
        d="M54 332h24v20H54zM126 280h16v16h-16zm30 0h16v16h-16zm-30 32h16v16h-16zm30 0h16v16h-16zM376 320h12v14h-12zm20 0h12v14h-12zM446 350h24v20h-24z"
        className="pic-window"
      />
      <path d="M0 398h520" className="pic-ground" />
      <ellipse cx="262" cy="420" rx="150" ry="18" className="pic-shadow" />
      <path d="M176 66a18 18 0 0 1 18-18h136a18 18 0 0 1 18 18v350H176z" className="pic-body" />
      <path d="M160 216h204l14 62H146z" className="pic-shelf" />
      <path d="M146 278h232v10H146z" className="pic-shelf-edge" />
      <rect x="194" y="68" width="136" height="126" rx="8" className="pic-screen" />
      <path d="M208 86h62" className="pic-screen-title" />
      <path
        d="M208 104h50v22h-50zm58 0h50v22h-50zM208 134h50v22h-50zm58 0h50v22h-50zM208 164h50v16h-50z"
        className="pic-screen-keys"
      />
      <g transform="translate(176 226) scale(0.36)">
        <path d="M-14-10h222v146H-14z" className="reader-pad" />
        <path d="M0 0h190v120H0z" className="pic-card" />
        <path d="M16 18h44v54H16z" className="pic-mid" />
        <path d="M76 30h84M76 52h60" className="pic-card-lines" />
        <path d="M140 80h30v24h-30z" className="pic-gold" />
      </g>
      <path d="M288 236h56v30h-56z" className="pic-slot-plate" />
      <path d="M298 251h26" className="pic-slot" />
      <circle cx="334" cy="251" r="4" className="pic-slot-dot" />
      <path d="M200 312h124v16H200z" className="pic-outlet" />
      <g className="kiosk-paper">
        <path d="M210 320h104v84H210z" className="pic-paper" />
        <path d="M240 338h44M222 354h80M222 366h80M222 378h52" className="pic-paper-lines" />
        <path d="M284 376h18v18h-18z" className="pic-seal" />
      </g>
      <path d="M200 312h124v9H200z" className="pic-outlet" />
    </svg>
  );
}
