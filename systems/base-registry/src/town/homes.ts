/** Houses and light vehicles that a household may own. */
import type { Property } from '../records/property.ts';
import type { TaxRoll } from '../records/tax-roll.ts';
import type { Draw } from './draw.ts';

/** The house and the ground of a family that does not live in a flat. */
export function homeOf(draw: Draw, address: string): Property {
  const location = address.replace(/[0-9]+号$/, '').replace(/番地/, '番');
  const lot = draw.between(1, 90);
  const builtYear = draw.between(1975, 2023);
  const area = draw.between(9_000, 31_000);
  return {
    land: [
      {
        location: `${location}${lot}`,
        category: '宅地',
        areaHundredthsM2: area,
        yenPerM2: draw.between(12_000, 48_000),
        residential: true,
        ...(draw.fraction() < 0.1 ? { share: '2分の1' } : {}),
      },
    ],
    houses: [
      {
        location: `${location}${lot}`,
        ...(draw.fraction() < 0.95 ? { houseNumber: `${lot}番` } : {}),
        use: '居宅',
        structure: draw.pick([
          '木造かわらぶき2階建',
          '木造スレートぶき2階建',
          '軽量鉄骨造スレートぶき2階建',
          '木造かわらぶき平家建',
        ]),
        areaHundredthsM2: draw.between(7_000, 16_000),
        yenPerM2: draw.between(48_000, 82_000),
        builtYear,
      },
    ],
  };
}

const makes = ['ミホン', 'サンプル', 'カクウ'];

export function vehicleOf(draw: Draw): NonNullable<TaxRoll['vehicles']>[number] {
  const digit = () => draw.between(0, 9);
  const kana = draw.pick(['あ', 'さ', 'つ', 'な', 'ま']);
  return {
    plate: { text: `見本５８０${kana}${draw.between(10, 99)}-${draw.between(10, 99)}` },
    frameNumber: `MH${digit()}${digit()}S-${draw.between(100_000, 999_999)}`,
    make: draw.pick(makes),
  };
}
