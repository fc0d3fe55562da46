/** What paper goes through before it is read, level by level: rows of the table in docs/proof.md. */
import type { Shot } from './devices.ts';

export type GridCell = { readonly group: string; readonly name: string; readonly shot: Shot };

const telephone = (megapixels: 12 | 8, more: Shot): Shot => {
  const [wide, high] = megapixels === 12 ? [4_032, 3_024] : [3_264, 2_448];
  return {
    camera: { wide, high, fills: 0.8 },
    noise: 5,
    ink: 60,
    paper: 215,
    shade: 0.2,
    blurUm: 60,
    jpeg: 85,
    ...more,
  };
};

const cell =
  (group: string, common: Shot = {}) =>
  (name: string, shot: Shot = {}): GridCell => ({ group, name, shot: { dpi: 300, noise: 3, blurUm: 35, ...common, ...shot } }); // biome-ignore format: one thought

const [clean, turned, blurred300, blurred200, noisy, jpeg300, jpeg200, toned, dirty, phone] = [
  cell('nothing else'), cell('turned', {}), cell('blur, 300 dpi'), cell('blur, 200 dpi', { dpi: 200 }), cell('noise'),
  cell('JPEG, 300 dpi'), cell('JPEG, 200 dpi', { dpi: 200 }), cell('tones'), cell('dirt', { turnDegrees: 1 }), cell('telephone'),
]; // biome-ignore format: one thought

/** A module is 339 µm. Blur: deviation on the paper. */
export const gridCells: readonly GridCell[] = [
  ...[600, 300, 200, 150].map((dpi) => clean(`${dpi} dpi`, { dpi })),
  ...[1, 3, 7, 15, 90, 180].map((turnDegrees) => turned(`${turnDegrees}°`, { turnDegrees })),
  ...[85, 130, 170, 210].map((blurUm) => blurred300(`${blurUm} µm`, { blurUm })),
  ...[85, 130, 170].map((blurUm) => blurred200(`${blurUm} µm`, { blurUm })),
  ...[10, 20, 40].map((noise) => noisy(`${noise} of 255`, { noise })),
  ...[90, 60, 40, 20].map((jpeg) => jpeg300(`quality ${jpeg}`, { jpeg })),
  ...[40, 20].map((jpeg) => jpeg200(`quality ${jpeg}`, { jpeg })),
  toned('gamma 0.6', { gamma: 0.6 }),
  toned('gamma 1.8', { gamma: 1.8 }),
  toned('ink 110, paper 190', { ink: 110, paper: 190 }),
  toned('shade 30 %', { shade: 0.3 }),
  toned('shade 60 %', { shade: 0.6 }),
  ...[5, 10, 15, 20, 30].map((percent) => dirty(`stain over ${percent} %`, { stain: percent / 100 })),
  ...[15, 25].map((percent) => dirty(`fold over ${percent} %`, { fold: percent / 100 })),
  phone('12 MP, tilted 10°', telephone(12, { tiltDegrees: 10, turnDegrees: 3 })),
  phone('12 MP, tilted 20°, waves 1 mm', telephone(12, { tiltDegrees: 20, turnDegrees: -5, wavesMm: 1 })),
  phone('12 MP, out of focus 130 µm', telephone(12, { tiltDegrees: 10, blurUm: 130 })),
  phone('8 MP, tilted 10°', telephone(8, { tiltDegrees: 10, turnDegrees: 3 })),
  phone('8 MP, hand moved 300 µm', telephone(8, { tiltDegrees: 10, motionUm: 300 })),
];
