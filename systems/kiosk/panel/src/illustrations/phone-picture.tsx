/** A telephone with the certificate on it. */
export function PhonePicture() {
  return (
    <svg className="picture phone-picture" viewBox="0 0 400 380" aria-hidden="true" focusable="false">
      <ellipse cx="200" cy="358" rx="130" ry="14" className="pic-shadow" />
      <rect x="98" y="14" width="204" height="340" rx="28" className="pic-body" />
      <rect x="114" y="40" width="172" height="272" rx="8" className="pic-paper" />
      <path d="M160 72h80" className="pic-paper-title" />
      <path d="M134 106h132M134 130h132M134 154h132M134 178h88" className="pic-paper-lines" />
      <path d="M226 216h36v36h-36z" className="pic-seal" />
      <path d="M235 227h18m-18 8h18m-9-11v21" className="pic-seal-lines" />
      <path d="M180 334h40" className="pic-outlet" />
    </svg>
  );
}
