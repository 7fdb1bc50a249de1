import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

interface Package {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
}

const { exports, dependencies, devDependencies, peerDependencies, bin } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
) as Package;

test('every export and the program are compiled from a file of this repository', () => {
  const compiled = Object.values(exports).flatMap((entry) =>
    typeof entry === 'string' ? [] : [entry.types, entry.default],
  );
  const sources = [...compiled, ...Object.values(bin)].map((path) =>
    path.replace(/^(\.\/)?build\//, '').replace(/(\.d\.ts|\.js)$/, '.ts'),
  );
  expect(sources.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const plain = Object.values(exports).filter((entry) => typeof entry === 'string');
  expect(plain.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('versions are exact, and a peer accepts the version that is tested here', () => {
  const exact = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
  );
  expect(exact).toEqual([]);
  for (const [library, range] of Object.entries(peerDependencies)) expect(range).toBe(`^${devDependencies[library]}`);
});
