import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { staleFiles } from '../../../../constructs/delivery/directory/stale-files.ts';
import { makeProject } from '../../../support/project.ts';

const files = [
  { path: 'host/a.yaml', content: 'a: 1\n' },
  { path: 'host/b.yaml', content: 'b: 1\n' },
  { path: 'plan.tsv', content: 'plan\n' },
];
const written = (): string =>
  join(makeProject(Object.fromEntries(files.map(({ path, content }) => [`dist/${path}`, content]))), 'dist');

test('an unchanged output has no stale file', () => {
  expect(staleFiles(written(), files)).toEqual([]);
});

test('missing, changed and extra files are named, sorted', () => {
  const directory = written();
  rmSync(join(directory, 'host/a.yaml'));
  writeFileSync(join(directory, 'host/b.yaml'), 'b: 2\n');
  mkdirSync(join(directory, 'gone'));
  rmSync(join(directory, 'plan.tsv'));
  symlinkSync('host/b.yaml', join(directory, 'plan.tsv'));
  expect(staleFiles(directory, files)).toEqual([
    { path: 'gone/', state: 'extra' },
    { path: 'host/a.yaml', state: 'missing' },
    { path: 'host/b.yaml', state: 'changed' },
    { path: 'plan.tsv', state: 'extra' },
  ]);
});

test('without a directory every file is missing', () => {
  expect(staleFiles(join(makeProject({}), 'dist'), files).map(({ state }) => state)).toEqual(
    files.map(() => 'missing'),
  );
});
