import { join, relative } from 'node:path';
import { packageDirectory } from '../package-directory.ts';

/**
 * The file of a page of the documentation, as the user's shell knows it: `docs/engines.md` in this repository,
 * `node_modules/mesh-federation/docs/engines.md` in a user's.
 *
 * @param name of a file in `docs/`
 */
export function pageOf(name: string): string {
  const page = join(packageDirectory, 'docs', name);
  const fromHere = relative(process.cwd(), page);
  return fromHere.startsWith('..') ? page : fromHere;
}
