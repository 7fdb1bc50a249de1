import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Federation } from '../../model/federation.ts';
import { escapeInvisible } from '../../model/problems/printable.ts';
import { UserMistake } from '../../model/problems/problem.ts';
import type { OutputFile } from '../output-file.ts';

/** The federation whose output a directory holds. */
export interface OutputOwner {
  /** Name of the federation. */
  readonly federation: string;
  /** Its declaration, relative to the project. */
  readonly declaration: string;
}

/** `output.json` of an output: its federation, and the files that a synth has written. */
export interface OutputList extends OutputOwner {
  /** Paths relative to the output, sorted; `output.json` is one of them. */
  readonly files: readonly string[];
}

const fileName = 'output.json';

/** `output.json`, which names every file of the output. The next synth replaces these files, and no others. */
export function renderOutputList({ name, declaration }: Federation, files: readonly OutputFile[]): OutputFile {
  const list: OutputList = {
    federation: name,
    declaration,
    files: [...files.map(({ path }) => path), fileName].sort(),
  };
  return { path: fileName, content: `${JSON.stringify(list, null, 2)}\n` };
}

// A thousand clusters with a thousand files each have 50.
const largestList = 64;
const mebibyte = 1024 * 1024;

/**
 * Reads the list of an output. Null if the directory has none, or one that no synth has written.
 *
 * @throws UserMistake when it is too large to be one
 */
export function readOutputList(directory: string): OutputList | null {
  const path = join(directory, fileName);
  // A link or a pipe under this name is not ours.
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) return null;
  if (found.size > largestList * mebibyte)
    throw new UserMistake(
      `${escapeInvisible(path)} has more than ${largestList} MB, which no synth writes: choose another directory, or delete this one`,
    );
  try {
    const list: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isOutputList(list) ? list : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isOutputList(value: unknown): value is OutputList {
  if (typeof value !== 'object' || value === null) return false;
  const { federation, declaration, files } = value as Partial<Record<keyof OutputList, unknown>>;
  return typeof federation === 'string' && typeof declaration === 'string' && isListOfTexts(files);
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
