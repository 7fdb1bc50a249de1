import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { packageDirectory } from '../model/package-directory.ts';
import type { OutputFile } from './output-file.ts';

const directory = join(packageDirectory, 'scripts');

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
