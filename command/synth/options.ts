import { join, relative, resolve } from 'node:path';
import { findProject } from '../../constructs/model/documents/project.ts';

/** The words after `mesh-federation synth`. */
export interface SynthOptions {
  /** The declaration. @default - the environment variable FEDERATION, or federation.yaml */
  readonly file?: string;
  /** The directory of the output. @default - the environment variable CDK8S_OUTDIR, or dist in the project */
  readonly output?: string;
  /** Whether warnings count as mistakes. */
  readonly strict?: boolean;
  /** Whether to print one JSON document in place of text. */
  readonly json?: boolean;
  /** Whether to compare the output with the directory, and to write nothing. */
  readonly check?: boolean;
  /** Whether the output of another federation may be replaced. */
  readonly replace?: boolean;
}

/** The places of a synth. */
export interface SynthPlaces {
  readonly declaration: string;
  /** The directory of cdk8s.yaml, or else of the declaration. */
  readonly project: string;
  /** The output, as the user's shell knows it. */
  readonly directory: string;
}

/** Finds the declaration, its project and the output. A declaration that does not exist is its own project. */
export function placesOf({ file, output }: SynthOptions): SynthPlaces {
  const declaration = file ?? process.env.FEDERATION ?? 'federation.yaml';
  const project = projectOf(declaration);
  return { declaration, project, directory: output ?? process.env.CDK8S_OUTDIR ?? fromHere(join(project, 'dist')) };
}

function projectOf(declaration: string): string {
  try {
    return findProject(declaration).directory;
  } catch {
    // Loading the declaration tells why it cannot be read.
    return resolve(declaration, '..');
  }
}

function fromHere(path: string): string {
  const steps = relative(process.cwd(), path);
  return steps.startsWith('..') ? path : steps;
}
