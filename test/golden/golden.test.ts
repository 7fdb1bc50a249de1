import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { examples } from '../support/declarations/examples.ts';
import { listFiles } from '../support/files.ts';
import { synthesize } from '../support/project.ts';

const root = join(import.meta.dirname, '../..');

// Each example is a declaration and the whole output that reviewers have accepted for it: `npm run test:update`.
describe.each(examples)('%s', (example) => {
  const golden = join(import.meta.dirname, example);
  const output = synthesize(join(root, `examples/${example}.yaml`));
  // The scripts are the same everywhere: see test/unit/delivery/scripts.test.ts. output.json and checksums repeat FILES.
  const paths = Object.keys(output)
    .filter((path) => !path.endsWith('.sh') && !['output.json', 'checksums'].includes(path))
    .sort();

  test('makes these files and no others', async () => {
    await expect(`${paths.join('\n')}\n`).toMatchFileSnapshot(join(golden, 'FILES'));
    const written = existsSync(golden) ? listFiles(golden).filter((path) => path !== 'FILES') : [];
    // While the goldens are regenerated, the files below do not exist yet.
    expect(written.filter((path) => !paths.includes(path))).toEqual([]);
  });

  test.each(paths)('%s', async (path) => {
    await expect(output[path]).toMatchFileSnapshot(join(golden, path));
  });
});
