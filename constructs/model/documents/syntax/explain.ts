import { SourceFault } from '../checks/source-fault.ts';
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

/** A fault with words, if it is an error of the parser. Others have words of their own. */
export function explainFault(fault: SourceFault, text: BrokenText): SourceFault {
  const { code, message, offset } = fault;
  if (code === null) return fault;
  const { got, expected, fix, place } = explainSyntax({ code, message, pos: [offset, offset] }, text);
  const at = 'offset' in place ? place.offset : text.offsetAt(place.line);
  return new SourceFault(at, got, { expected, fix });
}
