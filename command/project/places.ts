import { join, resolve } from 'node:path';
import { findProject } from '../../constructs/model/documents/project.ts';
import { fromHere } from '../../constructs/model/problems/pages.ts';

/** Options that name the files of a federation. */
export interface PlaceOptions {
  /** The declaration. @default - the environment variable FEDERATION, or federation.yaml */
  readonly file?: string;
  /** Where the output is. @default - the environment variable CDK8S_OUTDIR, or dist in the project */
  readonly output?: string;
}

/** The places of a federation. */
export interface Places {
  readonly declaration: string;
  /** The directory of cdk8s.yaml, or else of the declaration. */
  readonly project: string;
  /** The output, as the user's shell knows it. */
  readonly directory: string;
}

/** Finds the declaration, its project and the output. A declaration that does not exist is its own project. */
export function placesOf({ file, output }: PlaceOptions): Places {
  // An empty variable is one that a script has not filled in.
  const declaration = file ?? (process.env.FEDERATION || 'federation.yaml');
  const project = projectOf(declaration);
  const directory = output ?? (process.env.CDK8S_OUTDIR || fromHere(join(project, 'dist')));
  return { declaration, project, directory };
}

function projectOf(declaration: string): string {
  try {
    return findProject(declaration).directory;
  } catch {
    // Loading the declaration tells why it cannot be read.
    return resolve(declaration, '..');
  }
}
