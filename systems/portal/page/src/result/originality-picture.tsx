/** The same corner of a paper twice: as printed, and as a copier makes it, where the large dots stay and the fine ones
 *  go. A drawing, and drawn as one. */
export function OriginalityPicture() {
  return (
    <svg className="ground" viewBox="0 0 220 70" aria-hidden="true" focusable="false">
      <defs>
        <pattern id="fine" width="4" height="4" patternUnits="userSpaceOnUse">
          <circle cx="2" cy="2" r="0.700" />
        </pattern>
        <pattern id="large" width="5" height="5" patternUnits="userSpaceOnUse">
          <circle cx="2.500" cy="2.500" r="1.500" />
        </pattern>
      </defs>
      <rect className="paper" x="1" y="1" width="98" height="68" rx="3" />
      <rect x="1" y="1" width="98" height="68" rx="3" fill="url(#fine)" />
      <path className="arrow" d="M104 35h12m-5-5 5 5-5 5" />
      <rect className="paper" x="121" y="1" width="98" height="68" rx="3" />
      <text x="170" y="46" textAnchor="middle" fill="url(#large)" lang="ja">
        複写
      </text>
    </svg>
  );
}
