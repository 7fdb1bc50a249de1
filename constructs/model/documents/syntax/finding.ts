import type { Document, ErrorCode, YAMLError } from 'yaml';
import type { Lines } from './indentation.ts';

/** A mistake in the syntax, in words. */
export interface SyntaxWords {
  readonly got: string;
  readonly expected: string;
  readonly fix: string;
}

/** What to say about an error of the parser. */
export interface SyntaxRow extends SyntaxWords {
  readonly code: ErrorCode;
  /** Which of the parser's messages with this code it is about. The last row of a code is about all others. */
  readonly message?: RegExp;
}

/** A text that is not YAML, as far as the parser understood it. */
export interface BrokenText {
  readonly lines: Lines;
  readonly documents: readonly Document.Parsed[];
  /** The number of the line with a character. */
  readonly lineAt: (offset: number) => number;
  /** The first character of a line. */
  readonly offsetAt: (line: number) => number;
}

/** A mistake in words, and its place: a character, or the beginning of a line. */
export type SyntaxFinding = SyntaxWords & { readonly place: { readonly offset: number } | { readonly line: number } };

/** An error of the parser. */
export type ParserError = Pick<YAMLError, 'code' | 'message' | 'pos'>;

/** Explains the errors of one kind, and returns null for others. */
export type Explain = (error: ParserError, text: BrokenText) => SyntaxFinding | null;
