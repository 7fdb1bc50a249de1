import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOutputList } from '../../../../constructs/delivery/directory/output-list.ts';
import { makeProject, synthesize } from '../../../support/project.ts';

test('output.json names the federation, its declaration and every file', () => {
  const files = synthesize(join(import.meta.dirname, '../../../../federation.yaml'));
  expect(JSON.parse(files['output.json'] ?? '')).toEqual({
    federation: 'demo',
    declaration: 'federation.yaml',
    files: Object.keys(files).sort(),
  });
});

test('an output.json that no synth can have written is refused by its size, and not read', () => {
  const directory = makeProject({
    'output.json': '{"federation": "demo", "declaration": "federation.yaml", "files": []}',
  });
  expect(readOutputList(directory)).toMatchObject({ federation: 'demo' });
  truncateSync(join(directory, 'output.json'), 64 * 1024 * 1024 + 1);
  expect(() => readOutputList(directory)).toThrow(/output\.json has more than 64 MB, which no synth writes/);
});
