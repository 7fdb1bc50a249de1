import { type Document, isCollection, isScalar, type Node, type Pair, visit } from 'yaml';
import { escapeInvisible } from '../../problems/printable.ts';
import type { Explain } from './finding.ts';

/** The key that stands twice in a mapping, and the place of the first one. */
export const findDuplicate: Explain = ({ code, pos }, { documents, lineAt }) => {
  if (code !== 'DUPLICATE_KEY') return null;
  const [offset] = pos;
  for (const document of documents) {
    const first = firstOf(document, offset);
    if (first === null) continue;
    const key = escapeInvisible(first.key.slice(0, 60));
    return {
      got: `the key "${key}" for the second time`,
      expected: `each key once: "${key}" is already on line ${lineAt(first.offset)}`,
      fix: `keep one of the two, or rename it${first.isInList ? '; a new entry of the list begins with "- "' : ''}`,
      place: { offset },
    };
  }
  return null;
};

/** The first key that is the same as the key at an offset. */
function firstOf(document: Document.Parsed, offset: number) {
  let found: { readonly key: string; readonly offset: number; readonly isInList: boolean } | null = null;
  visit(document, {
    Map: (step, map) => {
      const keys = map.items.map(({ key }: Pair) => key as Node | null);
      const repeated = keys.find((key) => key?.range?.[0] === offset);
      if (!isScalar(repeated)) return undefined;
      const first = keys.find((key) => isScalar(key) && key.value === repeated.value);
      found = { key: String(repeated.value), offset: first?.range?.[0] ?? 0, isInList: typeof step === 'number' };
      return visit.BREAK;
    },
  });
  return found as { readonly key: string; readonly offset: number; readonly isInList: boolean } | null;
}

/** The quote that opens a text without an end. */
export const findOpenQuote: Explain = ({ code, message, pos }, { documents }) => {
  if (code !== 'MISSING_CHAR' || !/closing .quote/.test(message)) return null;
  const mark = message.includes('"quote') ? '"' : "'";
  const offset = startOf(documents, (node) => isScalar(node) && /QUOTE/.test(node.type ?? '')) ?? pos[0];
  const fix = `close the text with ${mark}, or write ${mark === '"' ? '\\"' : "''"} for a quote inside it`;
  return { got: `a text in ${mark} that never ends`, expected: `a closing ${mark}`, fix, place: { offset } };
};

/** The bracket that opens a list or a mapping without an end. */
export const findOpenBracket: Explain = ({ code, message, pos }, { documents, lineAt }) => {
  const [, kind, mark] = message.match(/^Flow (map|sequence) .*(.)$/) ?? [];
  if (kind === undefined || !['BAD_INDENT', 'MISSING_CHAR'].includes(code)) return null;
  const [offset] = pos;
  const isOpen = (node: unknown): boolean =>
    isCollection(node) && node.flow === true && (node.range?.[1] ?? 0) <= offset + 1;
  const what = kind === 'map' ? 'mapping' : 'list';
  return {
    got: `no "${mark}" for the ${what} in brackets that begins on line ${lineAt(startOf(documents, isOpen) ?? offset)}`,
    expected: `a closing "${mark}", and every line of the ${what} indented more than its key`,
    fix: `close the ${what} with "${mark}"`,
    place: { offset },
  };
};

/** Where the last node of a kind begins: the parser stops there. */
function startOf(documents: readonly Document.Parsed[], isIt: (node: unknown) => boolean): number | null {
  let last: number | null = null;
  for (const document of documents)
    visit(document, {
      Node: (_, node) => {
        if (isIt(node)) last = node.range?.[0] ?? last;
      },
    });
  return last;
}
