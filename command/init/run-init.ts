import { existsSync } from 'node:fs';
import { basename, normalize, relative, resolve } from 'node:path';
import { withoutSystemErrors } from '../../constructs/delivery/directory/system-errors.ts';
import { UserMistake } from '../../constructs/index.ts';
import { escapeInvisible } from '../../constructs/model/problems/printable.ts';
import { modelSlices } from '../../constructs/slices.ts';
import { ownPackage } from '../project/own-package.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { clustersOfList, defaults, type InitAnswers } from './answers.ts';
import { ask } from './ask.ts';
import { checkAnswers } from './check-answers.ts';
import { clustersOfKubeconfig } from './contexts.ts';
import { repositoryFiles } from './files.ts';
import { renderResult } from './result.ts';
import { writeMissing } from './write-missing.ts';

/** The words after `mesh-federation init DIRECTORY`. */
export interface InitOptions {
  readonly clusters?: string;
  readonly fromKubeconfig?: boolean;
  readonly topology?: string;
  readonly engine?: string;
  readonly gitops?: string;
  readonly package?: string;
  readonly yes?: boolean;
}

/** Runs `mesh-federation init`, and returns the exit code: 0, or 1 for a mistake in an answer. */
export async function runInit(given: string, options: InitOptions, terminal: Terminal): Promise<number> {
  try {
    const directory = directoryOf(given);
    const answers = await answersOf(directory, options);
    const files = repositoryFiles(answers);
    const result = withoutSystemErrors('write', () => {
      checkAnswers(files);
      return writeMissing(directory, files);
    });
    terminal.err(renderResult(directory, answers, result));
    return 0;
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    terminal.err(`${error.message}\n`);
    return 1;
  }
}

// In a/b/../c nobody makes b, and a shell could not pass it.
function directoryOf(given: string): string {
  if (given.trim() === '') throw new UserMistake('the name of the directory is empty: for this one, write .');
  return normalize(given);
}

async function answersOf(directory: string, options: InitOptions): Promise<InitAnswers> {
  const { clusters, fromKubeconfig, topology, engine, gitops, yes } = options;
  const engines = modelSlices.engines.map(({ facts }) => facts.name);
  const isAsking =
    process.stdin.isTTY === true && ![clusters, fromKubeconfig, topology, engine, gitops, yes].some((given) => given);
  const answers = isAsking
    ? await ask(engines)
    : {
        clusters: fromKubeconfig ? clustersOfKubeconfig() : clustersOfList(clusters ?? defaults.clusters),
        topology: topology ?? defaults.topology,
        engine: engine ?? defaults.engine,
      };
  return {
    name: nameOf(directory),
    gitops: gitops ?? null,
    packageSpec: specOf(directory, options.package),
    ...answers,
  };
}

// The federation has the name of its directory, as far as a DNS label can.
function nameOf(directory: string): string {
  const label = basename(resolve(directory))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');
  return label || 'demo';
}

// A tarball or a directory is written relative to the new repository.
function specOf(directory: string, spec: string | undefined): string {
  if (spec === undefined) return ownPackage().version;
  if (spec.trim() === '')
    throw new UserMistake('the name of the package is empty: name a file, a directory or a version');
  if (existsSync(spec)) return `file:${relative(resolve(directory), resolve(spec))}`;
  if (/^[./~]|\.tgz$/.test(spec) && !/^\w+:/.test(spec))
    throw new UserMistake(`there is no package ${escapeInvisible(spec)}: name a file, a directory or a version`);
  return spec;
}
