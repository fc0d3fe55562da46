import type { ReactNode } from 'react';

/** Line drawings of this page, 48 × 48. The signs of the three answers differ in shape, not in colour alone. */
const drawings = {
  sheets: (
    <>
      <path d="M10 10h18l7 7v23H10z" />
      <path d="M28 10v7h7M16 24h13M16 29h13M16 34h8" />
      <path d="M15 6h16l8 8v21" />
    </>
  ),
  camera: (
    <>
      <path d="M6 15h9l3-5h12l3 5h9v25H6z" />
      <circle cx="24" cy="27" r="8" />
      <circle cx="24" cy="27" r="3" />
    </>
  ),
  keys: (
    <>
      <rect x="5" y="12" width="38" height="24" rx="3" />
      <path d="M11 19h2m6 0h2m6 0h2m6 0h2M11 25h2m6 0h2m6 0h2m6 0h2M15 31h18" />
    </>
  ),
  lock: (
    <>
      <rect x="10" y="21" width="28" height="20" rx="3" />
      <path d="M16 21v-6a8 8 0 0 1 16 0v6M24 29v5" />
    </>
  ),
  holds: (
    <>
      <circle cx="24" cy="24" r="19" data-solid />
      <path data-cut d="m14.500 25 6.500 6.500L34 18" />
    </>
  ),
  false: (
    <>
      <path data-solid d="M16 5h16l11 11v16L32 43H16L5 32V16z" />
      <path data-cut d="m16.500 16.500 15 15m0-15-15 15" />
    </>
  ),
  unproven: (
    <>
      <path data-solid d="M24 4 44 24 24 44 4 24z" />
      <path data-cut d="M19 20a5 5 0 1 1 7 4.600c-1.400.700-2 1.600-2 3.400m0 5v.100" />
    </>
  ),
  town: (
    <>
      <path d="M6 41h36M9 41V21h9v20M18 41V9h20v32" />
      <path d="M24 16h3m5 0h1M24 23h3m5 0h1M24 30h3m5 0h1M25 41v-5h6v5" />
    </>
  ),
  record: (
    <>
      <path d="M11 7h26v34H11zM17 7v34" />
      <path d="M22 16h10M22 22h10M22 28h6" />
    </>
  ),
  copies: (
    <>
      <path d="M8 15h20v26H8z" />
      <path d="M20 15V7h20v26H28" strokeDasharray="4 3" />
      <path d="M13 23h10M13 29h10M13 35h6" />
    </>
  ),
} as const satisfies Record<string, ReactNode>;

export type DrawingName = keyof typeof drawings;

export function Drawing({ name }: { readonly name: DrawingName }) {
  return (
    <svg className="drawing" data-name={name} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      {drawings[name]}
    </svg>
  );
}
