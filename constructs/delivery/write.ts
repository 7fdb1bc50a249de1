import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UserMistake } from '../model/problems/problem.ts';
import type { OutputFile } from './output-file.ts';

/**
 * Writes the whole output and only then replaces the former one, which is removed. A failure before that leaves the
 * former output unchanged.
 *
 * @throws UserMistake when the directory holds something else
 * @param directory where the output goes; it may exist if it is empty or an output of ours
 */
export function writeOutput(directory: string, files: readonly OutputFile[]): void {
  const target = existsSync(directory) ? realpathSync(directory) : resolve(directory);
  refuseForeign(target);
  mkdirSync(dirname(target), { recursive: true });
  // Next to the target, so that renaming never crosses file systems.
  const aside = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    const next = join(aside, 'next');
    for (const { path, content } of files) {
      mkdirSync(dirname(join(next, path)), { recursive: true });
      // A file that names its interpreter is a program.
      writeFileSync(join(next, path), content, { mode: content.startsWith('#!') ? 0o755 : 0o644 });
    }
    swap(target, next, join(aside, 'former'));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function swap(target: string, next: string, former: string): void {
  const hasFormer = existsSync(target);
  if (hasFormer) renameSync(target, former);
  try {
    renameSync(next, target);
  } catch (error) {
    if (hasFormer) renameSync(former, target);
    throw error;
  }
}

// Otherwise `--output .` would delete the user's project.
function refuseForeign(target: string): void {
  const toHere = relative(target, process.cwd());
  if (!toHere.startsWith('..'))
    throw new UserMistake(`the output cannot replace ${target}: it contains the working directory`);
  if (existsSync(target) && readdirSync(target).length > 0 && !existsSync(join(target, 'plan.tsv')))
    throw new UserMistake(
      `the output cannot replace ${target}: it contains files that are not an output (no plan.tsv)`,
    );
}
