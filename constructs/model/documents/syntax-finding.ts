import type { Document, YAMLError } from 'yaml';
import type { Lines } from './indentation.ts';
import type { SyntaxWords } from './syntax-words.ts';

/** A text that is not YAML, as far as the parser understood it. */
export interface BrokenText {
  readonly lines: Lines;
  readonly documents: readonly Document.Parsed[];
  /** The number of the line with a character. */
  readonly lineAt: (offset: number) => number;
}

/** A mistake in words, and its place: a character, or the beginning of a line. */
export type SyntaxFinding = SyntaxWords & { readonly place: { readonly offset: number } | { readonly line: number } };

/** An error of the parser. */
export type ParserError = Pick<YAMLError, 'code' | 'message' | 'pos'>;

/** Explains the errors of one kind, and returns null for others. */
export type Explain = (error: ParserError, text: BrokenText) => SyntaxFinding | null;
