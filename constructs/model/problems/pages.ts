import { join, relative } from 'node:path';
import { packageDirectory } from '../package-directory.ts';

/**
 * The file of a page of the documentation, as the user's shell knows it: `docs/engines.md` in this repository,
 * `node_modules/mesh-federation/docs/engines.md` in a user's.
 *
 * @param name of a file in `docs/`
 */
export function pageOf(name: string): string {
  return fromHere(join(packageDirectory, 'docs', name));
}

/** A path as the user's shell knows it: relative to the working directory if it is inside. */
export function fromHere(path: string): string {
  const steps = relative(process.cwd(), path);
  return steps.startsWith('..') ? path : steps;
}
