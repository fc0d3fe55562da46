import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Fonts are many and come when a character needs one: they are kept when they were used. */
const isKept = (file: string) => /\.(js|css|wasm|pdf)$/.test(file) && file !== 'offline.js';

/** Tells the offline worker which files the build has made. Its own text changes with them, so browsers take it anew. */
export function offlineFiles(): Plugin {
  return {
    name: 'offline-files',
    generateBundle(_options, made) {
      const worker = made['offline.js'];
      if (worker?.type !== 'chunk') throw new Error('the offline worker was not built');
      const files = Object.keys(made).filter(isKept).sort();
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 16);
      const code = worker.code
        .replaceAll('__offlineFiles__', JSON.stringify(files))
        .replaceAll('__offlineVersion__', JSON.stringify(version));
      if (code === worker.code) throw new Error('the offline worker has no place for its list');
      worker.code = code;
    },
  };
}
