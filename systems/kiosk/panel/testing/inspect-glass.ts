/**
 * What a measuring stick would find on the glass, run inside the page: it is given to the browser as text and may use
 * nothing from outside.
 */
export type Complaint = { readonly rule: string; readonly where: string; readonly found: string };

export function inspectGlass(): Complaint[] {
  const keyMm = 20;
  const gapMm = 3;
  const characterMm = 4.8;
  const contrastWanted = 7;
  /** Half a CSS pixel: what rounding may take. */
  const slack = 0.5;
  const complaints: Complaint[] = [];
  const mm = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm'));

  const nameOf = (element: Element) =>
    `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} “${(element.textContent ?? '').trim().slice(0, 40)}”`;
  const complain = (rule: string, element: Element, found: string) =>
    complaints.push({ rule, where: nameOf(element), found });
  const isShown = (element: Element) =>
    element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) && element.closest('.unseen') === null;

  // An overlay hides what is below it.
  const within = document.querySelector('dialog[open]') ?? document.body;
  const shown = [...within.querySelectorAll('*')].filter(isShown);
  const hasText = (element: Element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '');
  const withText = shown.filter(hasText);

  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) complain('the page does not scroll', root, `${root.scrollWidth} px wide`);
  if (root.scrollHeight > innerHeight) complain('the page does not scroll', root, `${root.scrollHeight} px high`);

  function colourOf(text: string): [number, number, number, number] {
    const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b, a];
  }
  function luminance([r, g, b]: readonly number[]): number {
    const [x = 0, y = 0, z = 0] = [r, g, b].map((value = 0) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  }
  function surfaceUnder(element: Element | null): readonly number[] {
    if (element === null) return [255, 255, 255, 1];
    const colour = colourOf(getComputedStyle(element).backgroundColor);
    return colour[3] === 1 ? colour : surfaceUnder(element.parentElement);
  }

  for (const element of withText) {
    const svg = element.closest('svg');
    const scale = svg?.getScreenCTM()?.a ?? 1;
    const size = Number.parseFloat(getComputedStyle(element).fontSize) * scale;
    if (size < characterMm * mm - 0.01) complain('characters of 4.8 mm', element, `${(size / mm).toFixed(2)} mm`);
    if (svg !== null) continue;
    const ink = luminance(colourOf(getComputedStyle(element).color));
    const surface = luminance(surfaceUnder(element));
    const contrast = (Math.max(ink, surface) + 0.05) / (Math.min(ink, surface) + 0.05);
    if (contrast < contrastWanted) complain('contrast of 7:1', element, contrast.toFixed(2));
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
      complain('no text is cut', element, `${element.scrollWidth} px in ${element.clientWidth}`);
    if (element.scrollHeight > element.clientHeight + 1 && getComputedStyle(element).overflowY !== 'visible')
      complain('no text is cut', element, `${element.scrollHeight} px high in ${element.clientHeight}`);
  }

  // Words may not stand outside of what holds them: key, card, page.
  for (const element of withText) {
    if (element.closest('svg') !== null) continue;
    const range = document.createRange();
    range.selectNodeContents(element);
    const words = range.getBoundingClientRect();
    // A font's line is taller than its characters: by a fifth at each end, for the fonts of Chinese and Korean.
    const air = 0.2 * Number.parseFloat(getComputedStyle(element).fontSize);
    for (let holder: Element | null = element; holder !== null; holder = holder.parentElement) {
      const box = holder.getBoundingClientRect();
      const outside = Math.max(box.left - words.left, words.right - box.right);
      const below = Math.max(words.bottom - box.bottom, box.top - words.top) - air;
      if (getComputedStyle(holder).display === 'inline') continue;
      if (outside > 1 || below > 1) {
        complain('words stay inside', element, `${outside.toFixed(1)}/${below.toFixed(1)} px over ${nameOf(holder)}`);
        break;
      }
    }
  }

  // A word in letters (or in Korean) is not broken in the middle.
  for (const element of withText) {
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE) continue;
      for (const { 0: word, index } of (node.textContent ?? '').matchAll(/[\p{Script=Latin}\p{Script=Hangul}]{2,}/gu)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) complain('no word is broken', element, word);
      }
    }
  }

  const keys = shown.filter((element) => element.tagName === 'BUTTON');
  const boxes = keys.map((key) => ({ key, box: key.getBoundingClientRect() }));
  for (const { key, box } of boxes) {
    if (box.width < keyMm * mm - slack || box.height < keyMm * mm - slack)
      complain('keys of 20 mm', key, `${(box.width / mm).toFixed(1)} × ${(box.height / mm).toFixed(1)} mm`);
  }
  boxes.forEach(({ key, box }, index) => {
    for (const other of boxes.slice(index + 1)) {
      const across = Math.max(other.box.left - box.right, box.left - other.box.right);
      const down = Math.max(other.box.top - box.bottom, box.top - other.box.bottom);
      const gap = Math.max(across, down);
      if (gap < gapMm * mm - slack)
        complain('gaps of 3 mm', key, `${(gap / mm).toFixed(1)} mm to ${nameOf(other.key)}`);
    }
  });

  // Parts of a screen do not lie on one another.
  const parts = shown.filter((element) =>
    element.parentElement?.matches('main > *, main > * > .body, main > * > .side'),
  );
  parts.forEach((part, index) => {
    const a = part.getBoundingClientRect();
    for (const other of parts.slice(index + 1)) {
      if (part.contains(other) || other.contains(part)) continue;
      const b = other.getBoundingClientRect();
      const over = Math.min(
        Math.min(a.right, b.right) - Math.max(a.left, b.left),
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
      );
      // Lists reach out for the focus ring of their keys.
      const reach = part.matches('.pages') || other.matches('.pages') ? 3 * mm : 1;
      if (over > reach) complain('parts stand apart', part, `${over.toFixed(0)} px over ${nameOf(other)}`);
    }
  });
  return complaints;
}
