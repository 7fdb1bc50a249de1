import { join } from 'node:path';
import { expect, test } from 'vitest';
import { synthesize } from '../../../support/project.ts';

test('output.json names the federation, its declaration and every file', () => {
  const files = synthesize(join(import.meta.dirname, '../../../../federation.yaml'));
  expect(JSON.parse(files['output.json'] ?? '')).toEqual({
    federation: 'demo',
    declaration: 'federation.yaml',
    files: Object.keys(files).sort(),
  });
});
