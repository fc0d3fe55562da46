import type { ReactNode } from 'react';

/** Line drawings of our own, 24 × 24, two units thick. */
const drawings = {
  back: <path d="M14.5 5.5 8 12l6.5 6.5" />,
  forward: <path d="M9.5 5.5 16 12l-6.5 6.5" />,
  close: <path d="m6.5 6.5 11 11m0-11-11 11" />,
  check: <path d="m5 12.5 4.6 4.6L19 7.5" />,
  plus: <path d="M12 5v14M5 12h14" />,
  minus: <path d="M5 12h14" />,
  'larger-text': (
    <>
      <path d="M3 19 8.5 5 14 19m-9.2-4.5h7.4" />
      <path d="M18.5 9v8m-4-4h8" />
    </>
  ),
  contrast: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path data-solid d="M12 3.5a8.5 8.5 0 0 1 0 17z" />
    </>
  ),
  voice: (
    <>
      <path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z" />
      <path d="M15.5 9a4.2 4.2 0 0 1 0 6m2.6-8.8a8.2 8.2 0 0 1 0 11.6" />
    </>
  ),
  globe: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M3.5 12h17M12 3.5c5 5.2 5 11.8 0 17m0-17c-5 5.2-5 11.8 0 17" />
    </>
  ),
  erase: (
    <>
      <path d="M8.5 5.5H20a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H8.5L3 12z" />
      <path d="m11.5 9.5 5 5m0-5-5 5" />
    </>
  ),
  bell: (
    <>
      <path d="M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 1.5h-14z" />
      <path d="M10 20.5a2.2 2.2 0 0 0 4 0" />
    </>
  ),
  alert: (
    <>
      <path d="M12 3.8 21.5 20h-19z" />
      <path d="M12 10v4.5m0 2.5v.1" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 11v5.5m0-9v.1" />
    </>
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7v5.2l3.5 2.3" />
    </>
  ),
  house: (
    <>
      <path d="m3.5 11.5 8.5-7.5 8.5 7.5" />
      <path d="M6 10v9.5h12V10m-8 9.5V14h4v5.5" />
    </>
  ),
  seal: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M8.5 8h7m-7 3.7h7m-3.5-3.7v8.5m-4 0h8" />
    </>
  ),
  tax: (
    <>
      <path d="M6 3.5h8.5L18.5 8v12.5H6z" />
      <path d="m9.5 9 2.750 3.5L15 9m-2.750 3.5v5m-2.5-3.8h5m-5 2.3h5" />
    </>
  ),
  family: (
    <>
      <circle cx="8" cy="8" r="3" />
      <circle cx="16.5" cy="9" r="2.5" />
      <path d="M2.5 19.5c0-4 2-6.5 5.5-6.5s5.5 2.5 5.5 6.5m1-5.8c3.8-1 7 1.3 7 5.8" />
    </>
  ),
  person: (
    <>
      <circle cx="12" cy="8" r="3.5" />
      <path d="M5 20c0-4.5 2.7-7 7-7s7 2.5 7 7" />
    </>
  ),
  document: (
    <>
      <path d="M6 3.5h8.5L18.5 8v12.5H6z" />
      <path d="M9.5 11.5h5.5m-5.5 3h5.5m-5.5 3h3" />
    </>
  ),
  history: (
    <>
      <path d="M8 3.5h8L19.5 7v10.5H8z" />
      <path d="M8 6.5H4.5v14h11.5v-3M11 9.5h5m-5 3.5h5" />
    </>
  ),
  card: (
    <>
      <rect x="3" y="5.5" width="18" height="13" rx="2" />
      <path d="M6.5 10h3.5v3.5H6.5zm7.5 0h4m-4 3.5h4" />
    </>
  ),
  town: (
    <>
      <path d="M3 20.5h18M5 20.5v-10h5v10m0-16h9v16" />
      <path d="M13 8.5h3m-3 4h3m-3 4h3" />
    </>
  ),
  printer: (
    <>
      <path d="M7 9V3.5h10V9M7 17H3.5V9h17v8H17" />
      <path d="M7 14h10v6.5H7z" />
    </>
  ),
  coin: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="m8.8 7.5 3.2 4 3.2-4m-3.2 4v5.5m-2.8-4.5h5.6m-5.6 2.4h5.6" />
    </>
  ),
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof drawings;

export function isIconName(name: string): name is IconName {
  return Object.hasOwn(drawings, name);
}

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {drawings[name]}
    </svg>
  );
}
