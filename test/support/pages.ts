import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A file of this repository. */
export function readPage(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** What stands between two fences of a page. */
export interface Block {
  /** The word after the fence, such as `sh`. */
  readonly language: string;
  readonly text: string;
}

/** Fences of a page with everything in between. */
export const fence = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** The blocks of a page, in order. */
export function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(fence)].map(([, language = '', text = '']) => ({ language, text: text.trimEnd() }));
}

/** The text below a heading of the second level, up to the next one. */
export function sectionOf(page: string, heading: string): string {
  const [, after = ''] = page.split(`\n## ${heading}\n`);
  return after.split('\n## ')[0] ?? '';
}
