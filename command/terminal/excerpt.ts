import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findKeyMaterial } from '../../constructs/domain/kubernetes/key-material.ts';
import type { Problem } from '../../constructs/index.ts';
import { escapeInvisible } from '../../constructs/model/problems/printable.ts';

/** Bytes of a file from which a line is shown. */
const largestFile = 1_000_000;
/** Columns of a line that are shown. */
const widest = 96;

/**
 * Shows the line of the source of a problem, and a caret below its column. Nothing for a line that cannot be read, and
 * nothing of a file that holds Secrets: logs of CI keep what is printed. Each file is read once, since one can have
 * thousands of problems.
 *
 * @param project the directory to which the names of files are relative
 */
export function makeExcerpts(project: string): (problem: Problem) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return ({ at }) => {
    const lines = known.get(at.file) ?? linesOf(readText(join(project, at.file)) ?? '');
    known.set(at.file, lines);
    return excerptOf(lines, at);
  };
}

const linesOf = (text: string): readonly string[] => (holdsSecrets(text) ? [] : text.split(/\r?\n/));

function excerptOf(lines: readonly string[], { line, column }: Problem['at']): readonly string[] {
  const source = lines[line - 1];
  if (source === undefined || source.trim() === '') return [];
  const start = Math.max(0, column - 1 - widest / 2);
  const before = visible(source.slice(start, column - 1));
  const after = visible(source.slice(column - 1, start + widest));
  const gutter = `${line} | `;
  return [`  ${gutter}${before}${after}`, `  ${' '.repeat(gutter.length + widthOf(before))}^`];
}

function readText(path: string): string | null {
  try {
    const found = lstatSync(path);
    return found.isFile() && found.size <= largestFile ? readFileSync(path, 'utf8') : null;
  } catch {
    // The problem itself says why the file cannot be read.
    return null;
  }
}

function holdsSecrets(text: string): boolean {
  return /\bkind["']?\s*:\s*["']?Secret/.test(text) || findKeyMaterial(text) !== null;
}

function visible(text: string): string {
  return escapeInvisible(text.replaceAll('\t', ' '));
}

// Terminals show these characters in two columns.
function widthOf(text: string): number {
  return (
    text.length +
    [...text.matchAll(/[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\uFF01-\uFF60]/gu)].length
  );
}
