import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeOutput } from '../../../constructs/delivery/directory/write.ts';
import { renderScripts } from '../../../constructs/delivery/scripts.ts';
import { findKeyMaterial } from '../../../constructs/domain/kubernetes/key-material.ts';
import { readTree } from '../../support/files.ts';
import { makeProject } from '../../support/project.ts';

const root = join(import.meta.dirname, '../../..');

test('every output has the scripts of the repository', () => {
  const files = Object.fromEntries(renderScripts().map(({ path, content }) => [path, content]));
  expect(files).toEqual(readTree(join(root, 'scripts')));
});

test('the scripts in the output are executable', () => {
  const directory = join(makeProject({}), 'dist');
  writeOutput(directory, { files: renderScripts(), owner: { federation: 'demo', declaration: 'federation.yaml' } });
  const isProgram = (path: string): boolean => (statSync(join(directory, path)).mode & 0o111) !== 0;
  for (const { path } of renderScripts()) expect(isProgram(path), path).toBe(true);
});

test('no script holds key material: a synth does not look for it there', () => {
  expect(renderScripts().filter(({ content }) => findKeyMaterial(content) !== null)).toEqual([]);
});
