import { isBlack, qrSymbol, version7M, version10M } from '@dokodemo/proof/qr';
import { useMemo } from 'react';

/** White around the code, in modules (ISO/IEC 18004, 9.1). */
const quietZone = 4;

/** The dark modules, row by row, as one path of unit squares. */
export function pathOf(address: string): { readonly path: string; readonly modules: number } {
  const bytes = new TextEncoder().encode(address);
  const small = qrSymbol(version7M);
  const image = (bytes.length <= small.capacity ? small : qrSymbol(version10M)).encode(bytes);
  let path = '';
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      if (!isBlack(image, x, y)) continue;
      const from = x;
      while (x + 1 < image.width && isBlack(image, x + 1, y)) x++;
      path += `M${from + quietZone} ${y + quietZone}h${x + 1 - from}v1H${from + quietZone}z`;
    }
  }
  return { path, modules: image.width + 2 * quietZone };
}

/** Black on white whatever colours the screen has: telephones read no other. */
export function AddressCode({ address, name }: { readonly address: string; readonly name: string }) {
  const { path, modules } = useMemo(() => pathOf(address), [address]);
  return (
    <svg
      className="address-code"
      viewBox={`0 0 ${modules} ${modules}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={name}
    >
      <rect width={modules} height={modules} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
