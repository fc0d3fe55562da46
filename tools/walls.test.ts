import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findBreaches } from './walls.ts';

test('nothing in the house crosses a wall', () => {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
  assert.deepEqual(findBreaches(root), []);
});

test('a breach of each kind is found', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'walls-'));
  const put = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  const part = (folder: string, name: string, dependencies: object = {}) =>
    put(
      `${folder}/package.json`,
      JSON.stringify({ name: `@dokodemo/${name}`, exports: { '.': './src/index.ts' }, dependencies }),
    );
  try {
    part('libraries/domain', 'domain');
    part('libraries/protocol', 'protocol');
    part('systems/kiosk', 'kiosk', { '@dokodemo/center': '*' });
    part('systems/center', 'center');
    for (const folder of ['cli', 'demo', 'simulation', 'bench']) part(folder, folder);
    put('libraries/domain/src/a.ts', "import fs from 'node:fs';\n");
    put('libraries/protocol/src/a.ts', "import '@dokodemo/center';\nimport { x } from '../../domain/src/a.ts';\n");
    put(
      'systems/kiosk/src/a.ts',
      "import { y } from '@dokodemo/center';\nimport pg from 'pg';\nimport '@dokodemo/domain/src/a.ts';\n",
    );
    assert.deepEqual(
      findBreaches(root)
        .map(({ why }) => why)
        .sort(),
      [
        'a library imports a system',
        'a system imports another system',
        'is not declared in package.json',
        'is not exported by that part',
        'reaches over the wall of its part by a relative path',
        'the domain imports nothing',
      ],
    );
  } finally {
    rmSync(root, { recursive: true });
  }
});
