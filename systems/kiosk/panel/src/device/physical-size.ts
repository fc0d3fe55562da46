/**
 * How many CSS pixels one millimetre of this panel's glass is. Keys of 20 mm and characters of 4.8 mm are promises about
 * fingers and eyes, not about pixels, so every size in the styles is written in `--mm`.
 *
 * The kiosk's browser is started with the diagonal of its panel in the address, in millimetres, as the data sheet says:
 *
 *   profile                    diagonal            px/mm
 *   1024 × 768,  15" (4:3)     ?diagonal-mm=381    1280 / 381 = 3.36
 *   1280 × 1024, 17" (5:4)     ?diagonal-mm=432    1639 / 432 = 3.79
 *   1080 × 1920, 21.5"         ?diagonal-mm=546    2203 / 546 = 4.03
 *
 * Without it the panel counts as one of these three, by its shape: a page in a desktop window is then a kiosk drawn to
 * scale.
 */
export type Glass = { readonly width: number; readonly height: number };

const smallestDiagonalMm = 200;
const largestDiagonalMm = 1_500;

export function assumedDiagonalMm({ width, height }: Glass): number {
  if (height > width) return 546;
  return width >= 1280 && width / height < 1.3 ? 432 : 381;
}

export function pixelsPerMm(glass: Glass, search: string): number {
  const said = Number(new URLSearchParams(search).get('diagonal-mm'));
  const usable = said >= smallestDiagonalMm && said <= largestDiagonalMm;
  return Math.hypot(glass.width, glass.height) / (usable ? said : assumedDiagonalMm(glass));
}

/** Sets `--mm` and the shape now and whenever the window changes. */
export function keepPhysicalSize(page: Window): void {
  const set = () => {
    const glass = { width: page.innerWidth, height: page.innerHeight };
    const root = page.document.documentElement;
    root.style.setProperty('--mm', `${pixelsPerMm(glass, page.location.search).toFixed(4)}px`);
    root.dataset.shape = glass.height > glass.width ? 'tall' : 'wide';
  };
  set();
  page.addEventListener('resize', set);
}
