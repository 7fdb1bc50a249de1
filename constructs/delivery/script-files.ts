import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { packageDirectory } from '../model/package-directory.ts';

const directory = join(packageDirectory, 'scripts');

/**
 * The scripts and their parts by path, sorted. In the package this module holds their texts instead: `tools/package.mts`
 * puts them there, since reading sixty small files takes a tenth of a synth.
 */
export function readScriptFiles(): readonly (readonly [path: string, content: string])[] {
  return readdirSync(directory, { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.sh'))
    .sort()
    .map((name) => [name.replaceAll(sep, '/'), readFileSync(join(directory, name), 'utf8')]);
}
