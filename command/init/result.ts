import { resolve } from 'node:path';
import { shellWord } from '../../constructs/delivery/shell-word.ts';
import { ownPackage } from '../project/own-package.ts';
import type { InitAnswers } from './answers.ts';
import { packageContent } from './package-file.ts';
import type { WrittenFiles } from './write-missing.ts';

/** What `init` has done, and the next command. */
export function renderResult(directory: string, answers: InitAnswers, { written, kept }: WrittenFiles): string {
  return [
    ...written.map((path) => `  wrote  ${path}`),
    ...kept.map((path) => `  kept   ${path}, which was there`),
    ...(kept.includes('federation.yaml')
      ? ['', 'federation.yaml was there: it does not have the answers of this run']
      : []),
    ...(answers.packageSpec.startsWith('file:..') ? ['', outsideAdvice(answers.packageSpec)] : []),
    '',
    `next: ${nextCommands(directory, answers, kept.includes('package.json')).join(' && ')}`,
    '',
  ].join('\n');
}

function outsideAdvice(spec: string): string {
  return `the package is outside of the repository (${spec}): CI needs a copy of it inside`;
}

function nextCommands(directory: string, { name, packageSpec }: InitAnswers, hasPackage: boolean): readonly string[] {
  const enter = resolve(directory) === process.cwd() ? [] : [`cd ${shellWord(directory)}`];
  if (!hasPackage) return [...enter, 'npm install'];
  // package.json was there: these commands add what a new one would have.
  const { dependencies, scripts, overrides } = packageContent(name, packageSpec);
  const settings = [...Object.entries({ scripts, overrides })].flatMap(([key, entries]) =>
    Object.entries(entries).map(([entry, value]) => shellWord(`${key}.${entry}=${value}`)),
  );
  const packages = Object.entries(dependencies).map(([library, version]) =>
    shellWord(library === ownPackage().name && !/^\d/.test(version) ? version : `${library}@${version}`),
  );
  return [...enter, `npm pkg set ${settings.join(' ')}`, `npm install --save-exact ${packages.join(' ')}`];
}
