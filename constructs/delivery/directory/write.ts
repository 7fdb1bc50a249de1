import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { OutputFile } from '../output-file.ts';
import type { Output } from '../render.ts';
import { refuseForeign } from './former-output.ts';
import { type Aside, makeAside, mendInterrupted } from './interrupted.ts';
import { makeDirectory } from './make-directory.ts';
import { withoutSystemErrors } from './system-errors.ts';

/** The real path of an output's directory, which need not exist. */
function realDirectory(directory: string): string {
  return existsSync(directory) ? realpathSync(directory) : resolve(directory);
}

/**
 * Gives a directory its former output back if a synth was killed while it replaced that, and removes what killed synths
 * have left beside it.
 *
 * @throws UserMistake when the file system refuses
 */
export function mendOutput(directory: string): void {
  withoutSystemErrors('write', () => mendInterrupted(realDirectory(directory)));
}

/** How an output is written. */
export interface WriteOptions {
  /**
   * Whether the output of another federation may be replaced.
   *
   * @default false
   */
  readonly replace?: boolean;
}

/**
 * Writes the whole output and only then replaces the former one, which is removed. A failure before that leaves the
 * former output unchanged. A synth that was killed between the two is mended first.
 *
 * @throws UserMistake when the directory holds something else, or when the file system refuses
 * @param directory where the output goes; it may exist if it is empty or a former output of the same federation
 */
export function writeOutput(
  directory: string,
  { files, owner }: Pick<Output, 'files' | 'owner'>,
  { replace = false }: WriteOptions = {},
): void {
  withoutSystemErrors('write', () => {
    const target = realDirectory(directory);
    mendInterrupted(target);
    refuseForeign(target, owner, replace);
    makeDirectory(dirname(target));
    const aside = makeAside(target);
    try {
      writeFiles(aside.next, files);
      swap(target, aside);
    } finally {
      // If the former output could not be put back, the next synth does it: nothing else has it.
      const isLost = !existsSync(target) && existsSync(aside.former);
      if (!isLost) rmSync(aside.directory, { recursive: true, force: true });
    }
  });
}

function writeFiles(directory: string, files: readonly OutputFile[]): void {
  const folders = new Set(files.map(({ path }) => dirname(path)));
  for (const folder of folders) mkdirSync(join(directory, folder), { recursive: true });
  for (const { path, content } of files) {
    // A file that names its interpreter is a program.
    writeFileSync(join(directory, path), content, { mode: content.startsWith('#!') ? 0o755 : 0o644 });
  }
}

function swap(target: string, { next, former }: Aside): void {
  const hasFormer = existsSync(target);
  if (hasFormer) renameSync(target, former);
  try {
    renameSync(next, target);
  } catch (error) {
    if (hasFormer) renameSync(former, target);
    throw error;
  }
}
