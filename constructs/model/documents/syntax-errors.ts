import type { BrokenText, Explain, ParserError, SyntaxFinding } from './syntax-finding.ts';
import { findConflict, findIndentation, findKeyless, findLookalike, findTab } from './syntax-lines.ts';
import { findDuplicate, findOpenBracket, findOpenQuote } from './syntax-nodes.ts';
import { wordsFor } from './syntax-words.ts';

// The surest ones first: a tab, for example, causes many kinds of errors.
const explanations: readonly Explain[] = [
  findConflict,
  findTab,
  findDuplicate,
  findLookalike,
  findOpenQuote,
  findOpenBracket,
  findIndentation,
  findKeyless,
];

/** What a reader does about an error of the parser. */
export function explainSyntax(error: ParserError, text: BrokenText): SyntaxFinding {
  for (const explain of explanations) {
    const found = explain(error, text);
    if (found !== null) return found;
  }
  return { ...wordsFor(error.code, error.message), place: { offset: error.pos[0] } };
}
