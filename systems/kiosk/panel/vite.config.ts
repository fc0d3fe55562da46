import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm run build` makes what the agent serves. The pages of stories are for development alone and are not built. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/panel',
    emptyOutDir: true,
    target: 'chrome120',
    modulePreload: { polyfill: false },
    // Fonts are files of their own, also small ones: the page's policy takes styles from files.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
  },
});
