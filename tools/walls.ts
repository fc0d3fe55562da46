/**
 * The walls of the house (ARCHITECTURE.md): who may import what. A part imports only what its package.json declares; no
 * system imports another; no library imports a system; the domain imports nothing.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';

export type Breach = { readonly file: string; readonly imported: string; readonly why: string };

type Part = {
  readonly folder: string;
  readonly name: string;
  readonly dependencies: ReadonlySet<string>;
  readonly subpaths: ReadonlySet<string>;
};

const builtins = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);
const importPattern =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function* sourcesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', 'fixtures', 'var'].includes(entry.name)) continue;
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sourcesUnder(full);
    else if (/\.(ts|tsx|mjs)$/.test(entry.name)) yield full;
  }
}

function readPart(root: string, folder: string): Part {
  const manifest = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
  return {
    folder,
    name: manifest.name,
    dependencies: new Set(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })),
    subpaths: new Set(Object.keys(manifest.exports ?? {}).map((key) => path.posix.join(manifest.name, key))),
  };
}

export function readParts(root: string): readonly Part[] {
  const inFolder = (parent: string) => readdirSync(path.join(root, parent)).map((name) => `${parent}/${name}`);
  return [...inFolder('libraries'), ...inFolder('systems'), 'cli', 'demo', 'simulation', 'bench'].map((folder) =>
    readPart(root, folder),
  );
}

/** What tests may use beside what their part declares. */
const forTests = new Set([
  'fast-check',
  'playwright-core',
  'axe-core',
  '@peculiar/x509',
  'reflect-metadata', // @peculiar/x509 wants it first
  '@hpke/core',
  '@cantoo/pdf-lib',
]);

function judge(
  part: Part,
  parts: readonly Part[],
  file: string,
  imported: string,
  isTest: boolean,
  root: string,
): string | undefined {
  if (imported.startsWith('.')) {
    const target = path.relative(root, path.resolve(path.dirname(file), imported));
    return target.startsWith(`${part.folder}/`) ? undefined : 'reaches over the wall of its part by a relative path';
  }
  const pure = part.name === '@dokodemo/domain' && !isTest;
  if (builtins.has(imported)) return pure ? 'the domain imports nothing' : undefined;
  const packageName = imported
    .split('/')
    .slice(0, imported.startsWith('@') ? 2 : 1)
    .join('/');
  if (pure) return 'the domain imports nothing';
  const target = parts.find(({ name }) => name === packageName);
  if (target === undefined) {
    return part.dependencies.has(packageName) || (isTest && forTests.has(packageName))
      ? undefined
      : 'is not declared in package.json';
  }
  if (target.folder.startsWith('systems/')) {
    if (part.folder.startsWith('systems/')) return 'a system imports another system';
    if (part.folder.startsWith('libraries/')) return 'a library imports a system';
  }
  if (!target.subpaths.has(imported)) return 'is not exported by that part';
  return part.dependencies.has(packageName) || part.name === packageName
    ? undefined
    : 'is not declared in package.json';
}

/** Every import that crosses a wall. */
export function findBreaches(root: string): readonly Breach[] {
  const parts = readParts(root);
  return parts.flatMap((part) =>
    [...sourcesUnder(path.join(root, part.folder))].flatMap((file) => {
      const isTest = /\.test\.tsx?$/.test(file) || /\/(testing|test-support)\//.test(file);
      return [...readFileSync(file, 'utf8').matchAll(importPattern)].flatMap((match) => {
        const imported = match[1] ?? match[2] ?? '';
        const why = judge(part, parts, file, imported, isTest, root);
        return why === undefined ? [] : [{ file: path.relative(root, file), imported, why }];
      });
    }),
  );
}
