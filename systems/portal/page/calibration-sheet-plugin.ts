import { createHash } from 'node:crypto';
import { openFormEngine } from '@dokodemo/documents';
import { drawCalibrationSheet } from '@dokodemo/proof';
import type { Plugin } from 'vite';

/** The calibration sheet as a file of the page, drawn when the page is built; `__calibrationSheet__` is where it is. */
export function calibrationSheet(): Plugin {
  const pdf = drawCalibrationSheet(openFormEngine());
  const digest = createHash('sha256').update(pdf).digest('hex').slice(0, 8);
  const fileName = `assets/dokodemo-calibration-sheet-${digest}.pdf`;
  return {
    name: 'calibration-sheet',
    config: () => ({ define: { __calibrationSheet__: JSON.stringify(`./${fileName}`) } }),
    buildStart() {
      this.emitFile({ type: 'asset', fileName, source: pdf });
    },
  };
}
