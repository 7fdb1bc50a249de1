import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { OutputFile } from './output-file.ts';

const directory = dirname(require.resolve('../../scripts/apply.sh'));

/** The scripts that apply an output, unchanged: every value that they need is in the tables beside them. */
export function renderScripts(): readonly OutputFile[] {
  return readdirSync(directory, { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.sh'))
    .sort()
    .map((name) => ({
      path: name.replaceAll(sep, '/'),
      content: readFileSync(join(directory, name), 'utf8'),
    }));
}
