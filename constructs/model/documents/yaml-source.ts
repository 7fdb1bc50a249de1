import { type Document, isMap, isScalar, LineCounter, type Node, type Pair, parseAllDocuments } from 'yaml';
import type { Path } from '../../domain/json/path.ts';
import { escapeInvisible } from '../problems/printable.ts';
import type { Location } from '../problems/problem.ts';

/** One document of a YAML file: its plain value and where each part of it stands. */
export interface YamlDocument {
  readonly value: unknown;
  /** Where a value begins; where it is missing, its nearest ancestor that is there. */
  locate(path: Path): Location;
  /** Where the key of a mapping's entry begins. */
  locateKey(path: Path): Location;
  /** The parsed nodes, for rules about how something is written. */
  readonly nodes: Document.Parsed;
  locateNode(node: Node): Location;
}

/** What a parser says of a text that is no YAML. */
export interface YamlError {
  readonly at: Location;
  readonly message: string;
}

/** A parsed text: its documents, or why it has none. */
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
  const error = documents.flatMap((document) => document.errors)[0];
  if (error !== undefined)
    return { kind: 'invalid', file, error: { at: at(error.pos[0]), message: firstLine(error.message) } };
  try {
    return { kind: 'parsed', file, documents: documents.map((document) => describe(document, at)) };
  } catch (reason) {
    // An alias without an anchor, or aliases that multiply without end, show only when the value is built.
    return { kind: 'invalid', file, error: { at: at(0), message: firstLine(String(reason)) } };
  }
}

// A parser's message may quote the text, which nobody has checked.
const firstLine = (text: string): string => escapeInvisible(text.split('\n')[0] ?? '');

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
