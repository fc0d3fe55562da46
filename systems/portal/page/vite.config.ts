import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { calibrationSheet } from './calibration-sheet-plugin.ts';
import { offlineFiles } from './offline-plugin.ts';

/** `npm run build` makes what the portal serves. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), calibrationSheet(), offlineFiles()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // Nothing stands in the page itself: its policy takes scripts, styles and fonts from files.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      input: {
        index: path.join(import.meta.dirname, 'index.html'),
        offline: path.join(import.meta.dirname, 'src/offline/offline-worker.ts'),
      },
      // A worker rules over what lies beside and below it, and is found anew under the same name.
      output: {
        entryFileNames: ({ name }) => (name === 'offline' ? 'offline.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
