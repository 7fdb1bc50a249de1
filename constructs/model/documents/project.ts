import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** The folder from which a declaration may read, and the names of its files in output and problems. */
export interface Project {
  /** Real path of the folder. */
  readonly directory: string;
  /** Real path of the declaration. */
  readonly declaration: string;
  /** Whether the folder is the one that holds `cdk8s.yaml`. Otherwise it is only that of the declaration. */
  readonly hasApp: boolean;
}

/**
 * The project of a declaration: the nearest folder above it that holds `cdk8s.yaml`, or else the folder of the
 * declaration. Throws the error of the file system if the declaration does not exist.
 */
export function findProject(declarationPath: string): Project {
  const declaration = realpathSync(declarationPath);
  const own = dirname(declaration);
  for (let directory = own; ; directory = dirname(directory)) {
    if (existsSync(join(directory, 'cdk8s.yaml'))) return { directory, declaration, hasApp: true };
    if (dirname(directory) === directory) return { directory: own, declaration, hasApp: false };
  }
}

/** Name of a file in output and problems: relative to the project, with `/` on every system. */
export function displayName(project: Project, path: string): string {
  return relative(project.directory, path).split(sep).join('/');
}

/** Real path of a file that a declaration names, relative to the declaration. Absolute paths are `outside`. */
export function resolveInProject(project: Project, path: string): string | 'missing' | 'outside' {
  return isAbsolute(path) ? 'outside' : confine(project, resolve(dirname(project.declaration), path));
}

/** Real path of an absolute path; `outside` if the path leaves the project, even through a symbolic link. */
export function confine(project: Project, path: string): string | 'missing' | 'outside' {
  if (!isWithin(project.directory, path)) return 'outside';
  if (!existsSync(path)) return 'missing';
  const real = realpathSync(path);
  return isWithin(project.directory, real) ? real : 'outside';
}

/** Which folder the project is, as seen from the declaration, and why. */
export function describeProject({ directory, declaration, hasApp }: Project): string {
  const way = relative(dirname(declaration), directory).split(sep).join('/');
  const folder = way === '' ? 'the directory of the declaration' : `${way} of the declaration`;
  const reason = hasApp ? 'the nearest directory with a cdk8s.yaml' : 'since no directory above has a cdk8s.yaml';
  return `${folder}, ${reason}`;
}

/** The right form of a path that leads out of the project, or what else to do about it. */
export function adviseOnOutside(project: Project, path: string): string {
  const from = dirname(project.declaration);
  const target = resolve(from, path);
  const isInside = isWithin(project.directory, target);
  if (isAbsolute(path) && isInside)
    return `write it relative to the declaration: ${relative(from, target).split(sep).join('/')}`;
  if (isInside) return 'copy the file into the project: a symbolic link on the way leads out of it';
  const copy = 'copy the file into the project';
  return project.hasApp ? copy : `${copy}, or create a cdk8s.yaml in a directory above both`;
}

function isWithin(directory: string, path: string): boolean {
  const steps = relative(directory, path);
  return steps !== '..' && !steps.startsWith(`..${sep}`) && !isAbsolute(steps);
}
