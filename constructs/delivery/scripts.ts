import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputFile } from './output-file.ts';

const directory = dirname(require.resolve('../../scripts/apply.sh'));

/** The scripts that apply an output, as they are: every value that they need is in the tables beside them. */
export function renderScripts(): readonly OutputFile[] {
  return ['', 'lib/'].flatMap((below) =>
    readdirSync(join(directory, below))
      .filter((name) => name.endsWith('.sh'))
      .sort()
      .map((name) => ({ path: `${below}${name}`, content: readFileSync(join(directory, below, name), 'utf8') })),
  );
}
