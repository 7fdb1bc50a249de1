import { Composer, type Document, Lexer, LineCounter, type Node, Parser } from 'yaml';
import type { Path } from '../../domain/json/path.ts';
import { escapeInvisible } from '../problems/printable.ts';
import type { Location } from '../problems/problem.ts';
import { SourceFault } from './checks/source-fault.ts';
import { deepest, type RepetitionCount, surveyDocument, tooDeep } from './checks/yaml-survey.ts';
import { findHiddenFault, refuseControlCharacters, withoutByteOrderMarks } from './checks/yaml-text.ts';
import { explainFault } from './syntax/explain.ts';
import { makeLookup } from './yaml-lookup.ts';
import { type Place, placesIn } from './yaml-places.ts';

/** One document of a YAML file: its plain value and the location of each part. */
export interface YamlDocument {
  readonly value: unknown;
  /** Location of a value. If the value is missing, the location of its nearest existing ancestor. */
  locate(path: Path): Location;
  /** Location of the key of a mapping's entry. */
  locateKey(path: Path): Location;
  /** The parsed node at a path, for rules about notation. Undefined if there is none. */
  nodeAt(path: Path): Node | undefined;
  /** The nodes at a path and below it, also those that aliases name. */
  placesAt(path: Path): readonly Place[];
  locateNode(node: Node): Location;
}

/** The reason why a text is not YAML that is read here. */
export interface YamlError {
  readonly at: Location;
  readonly message: string;
  /** Null if it is a mistake of syntax. */
  readonly advice: { readonly expected: string; readonly fix: string } | null;
}

/** A parsed text: its documents, or the error. */
export type YamlSource =
  | {
      readonly kind: 'parsed';
      readonly file: string;
      readonly text: string;
      readonly documents: readonly YamlDocument[];
      /** The first character that nobody sees, or null. */
      readonly hidden: YamlError | null;
    }
  | { readonly kind: 'invalid'; readonly file: string; readonly text: string; readonly error: YamlError };

/** Parses all documents of a text. `file` is the name that problems show. Merge keys are resolved, as kubectl does. */
export function parseYaml(file: string, written: string): YamlSource {
  const text = withoutByteOrderMarks(written);
  const lines = countLines(text);
  const at = (offset: number): Location => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const toError = ({ offset, message, advice }: Pick<SourceFault, 'offset' | 'message' | 'advice'>): YamlError => ({
    at: at(offset),
    message: firstLine(message),
    advice,
  });
  const documents: Document.Parsed[] = [];
  try {
    refuseControlCharacters(text);
    const count = { repeated: 0 };
    composeInto(documents, text);
    const described = documents.map((document) => describe(document, at, count));
    const hidden = findHiddenFault(text);
    return { kind: 'parsed', file, text, documents: described, hidden: hidden === null ? null : toError(hidden) };
  } catch (reason) {
    const broken = {
      lines: { all: text.split(/\r?\n/) },
      documents,
      lineAt: (offset: number) => at(offset).line,
      offsetAt: (line: number) => lines.lineStarts[line - 1] ?? 0,
    };
    return { kind: 'invalid', file, text, error: toError(explainFault(toFault(reason), broken)) };
  }
}

// A parser that fails for another reason met a text that is too much for it.
function toFault(reason: unknown): SourceFault {
  return reason instanceof SourceFault ? reason : new SourceFault(0, String(reason));
}

// Before the text is parsed, since it may be refused before.
function countLines(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) lines.addNewLine(end + 1);
  return lines;
}

// A parser's message may quote the text, which is not checked yet.
const firstLine = (text: string): string => escapeInvisible(text.split('\n')[0] ?? '');

// Words, signs and line breaks: a bundle of CustomResourceDefinitions has 120,000 in a megabyte, and each takes half a
// kilobyte of memory. A document takes ten.
const mostLexemes = 2_000_000;
const mostDocuments = 20_000;

const tooMuch = (offset: number): SourceFault =>
  new SourceFault(offset, 'more than is read from one file', {
    expected: `at most ${mostDocuments} documents and ${mostLexemes} words and signs in a file`,
    fix: 'split it into several files',
  });

// The parts of `parseAllDocuments`, so that the depth is known before functions call themselves for each level. Every
// document has the core schema of YAML 1.2, whatever its %YAML directive says.
function composeInto(documents: Document.Parsed[], text: string): void {
  const parser = new Parser();
  const composer = new Composer({
    merge: true,
    resolveKnownTags: false,
    schema: 'core',
    uniqueKeys: false,
    logLevel: 'error',
  });
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    if (parser.stack.length > deepest) throw tooDeep(parser.offset);
    lexemes += 1;
    if (lexemes > mostLexemes || documents.length > mostDocuments) throw tooMuch(parser.offset);
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end());
  const error = documents.flatMap(({ errors }) => errors)[0] ?? composer.streamInfo().errors[0];
  if (error !== undefined) throw new SourceFault(error.pos[0], error.message, null, error.code);
}

function describe(document: Document.Parsed, at: (offset: number) => Location, count: RepetitionCount): YamlDocument {
  const targets = surveyDocument(document, count);
  const lookup = makeLookup(document, targets);
  const start = (node: unknown): Location => at((node as Node | null | undefined)?.range?.[0] ?? 0);
  const nearest = (path: Path): unknown => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = lookup.node(path.slice(0, length));
      if (node !== undefined) return node;
    }
    return document.contents;
  };
  return {
    value: document.toJS({ maxAliasCount: -1 }) as unknown,
    locate: (path) => start(nearest(path)),
    locateKey: (path) => start(lookup.entry(path)?.key ?? nearest(path)),
    nodeAt: lookup.node,
    placesAt: (path) => placesIn(lookup.node(path), targets),
    locateNode: start,
  };
}
