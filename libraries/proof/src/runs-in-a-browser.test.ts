/** What `@dokodemo/proof/verify` imports, and what that imports, needs no part of Node.js. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

/** Imports that stay when types are taken out. */
const imports = /^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;

function walk(file: string, seen: Map<string, string>): void {
  if (seen.has(file)) return;
  const text = readFileSync(file, 'utf8');
  seen.set(file, text);
  for (const [, from = ''] of text.matchAll(imports))
    if (from.startsWith('.')) walk(path.join(path.dirname(file), from), seen);
}

test('no module of the verifier names node: or Buffer', () => {
  const seen = new Map<string, string>();
  walk(path.join(import.meta.dirname, 'verify-index.ts'), seen);
  assert.ok(seen.size > 25, `${seen.size} modules`);
  for (const [file, text] of seen) {
    for (const [, from = ''] of text.matchAll(imports)) assert.ok(!from.startsWith('node:'), `${file}: ${from}`);
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    assert.ok(!/\bBuffer\b|\bprocess\./.test(code), file);
  }
});
