import { type Document, isMap, isScalar, LineCounter, type Node, type Pair, parseAllDocuments } from 'yaml';
import type { Path } from '../../domain/json/path.ts';
import type { Location } from '../problems/problem.ts';
import { explainSyntax } from './syntax/explain.ts';
import type { SyntaxFinding, SyntaxWords } from './syntax/finding.ts';
import { explainValue } from './syntax/nodes.ts';

/** One document of a YAML file: its plain value and the location of each part. */
export interface YamlDocument {
  readonly value: unknown;
  /** Location of a value. If the value is missing, the location of its nearest existing ancestor. */
  locate(path: Path): Location;
  /** Location of the key of a mapping's entry. */
  locateKey(path: Path): Location;
  /** The parsed nodes, for rules about notation. */
  readonly nodes: Document.Parsed;
  locateNode(node: Node): Location;
}

/** A mistake in a text that is not YAML, in words. */
export interface YamlError extends SyntaxWords {
  readonly at: Location;
}

/** A parsed text: its documents, or the error. */
export type YamlSource =
  | { readonly kind: 'parsed'; readonly file: string; readonly documents: readonly YamlDocument[] }
  | { readonly kind: 'invalid'; readonly file: string; readonly error: YamlError };

/** Parses all documents of a text. `file` is the name that problems show. Merge keys are resolved, as kubectl does. */
export function parseYaml(file: string, text: string): YamlSource {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    merge: true,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  const documents = Array.isArray(parsed) ? parsed : [];
  const at = (offset: number): Location => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const broken = { lines: { all: text.split(/\r?\n/) }, documents, lineAt: (offset: number) => at(offset).line };
  const invalid = ({ place, ...words }: SyntaxFinding): YamlSource => ({
    kind: 'invalid',
    file,
    error: { ...words, at: 'line' in place ? { file, line: place.line, column: 1 } : at(place.offset) },
  });
  const error = documents.flatMap((document) => document.errors)[0];
  if (error !== undefined) return invalid(explainSyntax(error, broken));
  try {
    return { kind: 'parsed', file, documents: documents.map((document) => describe(document, at)) };
  } catch (reason) {
    // An alias without an anchor, or aliases that multiply without end, cause an error only when the value is built.
    return invalid(explainValue(reason, documents));
  }
}

function describe(nodes: Document.Parsed, at: (offset: number) => Location): YamlDocument {
  const start = (node: unknown): Location => at((node as Node | null | undefined)?.range?.[0] ?? 0);
  return {
    value: nodes.toJS({ maxAliasCount: 100 }) as unknown,
    nodes,
    locate: (path) => start(nearestNode(nodes, path)),
    locateKey: (path) => start(findKey(nodes, path) ?? nearestNode(nodes, path)),
    locateNode: start,
  };
}

function nearestNode(nodes: Document.Parsed, path: Path): unknown {
  for (let length = path.length; length > 0; length -= 1) {
    const node = nodes.getIn(path.slice(0, length), true);
    if (node !== undefined && node !== null) return node;
  }
  return nodes.contents;
}

function findKey(nodes: Document.Parsed, path: Path): unknown {
  const parent = path.length === 1 ? nodes.contents : nodes.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const last = String(path.at(-1));
  const pair = parent.items.find(({ key }: Pair) => isScalar(key) && String(key.value) === last);
  return pair?.key;
}
