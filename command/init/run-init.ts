import { existsSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { withoutSystemErrors } from '../../constructs/delivery/directory/system-errors.ts';
import { shellWord } from '../../constructs/delivery/shell-word.ts';
import { UserMistake } from '../../constructs/index.ts';
import { pageOf } from '../../constructs/model/problems/pages.ts';
import { modelSlices } from '../../constructs/slices.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { clustersOfList, defaults, type InitAnswers } from './answers.ts';
import { ask } from './ask.ts';
import { checkAnswers } from './check-answers.ts';
import { clustersOfKubeconfig } from './contexts.ts';
import { repositoryFiles } from './files.ts';
import { ownPackage } from './package-file.ts';
import { type WrittenFiles, writeMissing } from './write-missing.ts';

/** The words after `mesh-federation init DIRECTORY`. */
export interface InitOptions {
  readonly clusters?: string;
  readonly fromKubeconfig?: boolean;
  readonly topology?: string;
  readonly engine?: string;
  readonly package?: string;
  readonly yes?: boolean;
}

/** Runs `mesh-federation init`, and returns the exit code: 0, or 1 for a mistake in an answer. */
export async function runInit(directory: string, options: InitOptions, terminal: Terminal): Promise<number> {
  try {
    const files = repositoryFiles(await answersOf(directory, options));
    checkAnswers(files);
    const result = withoutSystemErrors('write', () => writeMissing(directory, files));
    terminal.err(renderResult(directory, result));
    return 0;
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    terminal.err(`${error.message}\n`);
    return 1;
  }
}

async function answersOf(directory: string, options: InitOptions): Promise<InitAnswers> {
  const { clusters, fromKubeconfig, topology, engine, yes } = options;
  const engines = modelSlices.engines.map(({ facts }) => facts.name);
  const isAsking =
    process.stdin.isTTY === true && ![clusters, fromKubeconfig, topology, engine, yes].some((given) => given);
  const answers = isAsking
    ? await ask(engines)
    : {
        clusters: fromKubeconfig ? clustersOfKubeconfig() : clustersOfList(clusters ?? defaults.clusters),
        topology: topology ?? defaults.topology,
        engine: engine ?? defaults.engine,
      };
  return { name: nameOf(directory), packageSpec: specOf(directory, options.package), ...answers };
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
  return existsSync(spec) ? `file:${relative(resolve(directory), resolve(spec))}` : spec;
}

function renderResult(directory: string, { written, kept }: WrittenFiles): string {
  const isHere = resolve(directory) === process.cwd();
  const next = isHere ? 'npm install' : `cd ${shellWord(directory)} && npm install`;
  return [
    ...written.map((path) => `  wrote  ${path}`),
    ...kept.map((path) => `  kept   ${path}, which was there`),
    '',
    ...(kept.includes('package.json') ? [packageAdvice(), ''] : []),
    `next: ${next}`,
    '',
  ].join('\n');
}

function packageAdvice(): string {
  const page = pageOf('command.md');
  return `package.json was there: add the dependencies, the overrides and the scripts of ${page}, "In a repository that exists"`;
}
