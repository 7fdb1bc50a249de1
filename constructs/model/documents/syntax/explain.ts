import type { BrokenText, Explain, ParserError, SyntaxFinding } from './finding.ts';
import { findConflict, findIndentation, findKeyless, findLookalike, findTab } from './lines.ts';
import { findDuplicate, findOpenBracket, findOpenQuote } from './nodes.ts';
import { wordsFor } from './words.ts';

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
