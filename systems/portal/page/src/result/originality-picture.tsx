import type { GrayImage } from '@dokodemo/proof/verify';
import { useSay } from '../words/words.tsx';
import { Picture } from './compare.tsx';

/** What was looked at, where there is a picture of it; else what to look for. */
export function OriginalityPicture({ word }: { readonly word: GrayImage | undefined }) {
  const say = useSay();
  if (word === undefined) return <GroundDrawing />;
  return (
    <figure className="word-picture">
      <Picture image={word} />
      <figcaption>{say('originality.picture')}</figcaption>
    </figure>
  );
}

/** The same corner of a paper twice: as printed, and as a copier makes it, where the large dots stay and the fine ones
 *  go. A drawing, and drawn as one. */
function GroundDrawing() {
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
