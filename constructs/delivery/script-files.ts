import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageDirectory } from '../model/package-directory.ts';

const directory = join(packageDirectory, 'scripts');

/**
 * The scripts by name. In the package this module holds their texts instead: `tools/package.mts` puts them there, since
 * reading small files takes a part of a synth.
 */
export function readScriptFiles(): readonly (readonly [path: string, content: string])[] {
  return ['apply.sh', 'verify.sh'].map((name) => [name, readFileSync(join(directory, name), 'utf8')]);
}
