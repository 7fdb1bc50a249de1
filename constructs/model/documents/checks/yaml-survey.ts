import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { SourceFault } from './source-fault.ts';

/** Levels of lists and mappings inside each other. Kubernetes' own deepest schemas have fewer than a hundred. */
export const deepest = 250;

// What aliases may add to a file: characters of text, and as many as a short line has for each value.
const mostRepeated = 5_000_000;
const lineLength = 20;
const mostAliases = 10_000;

/** The nodes that the aliases of a document mean. */
export type AliasTargets = ReadonlyMap<Alias, Node>;

/** Adds up what the aliases of one file repeat, over all its documents. */
export interface RepetitionCount {
  repeated: number;
}

interface Size {
  readonly weight: number;
  readonly depth: number;
}

interface Anchored extends Size {
  readonly node: Node;
  readonly isOpen: boolean;
}

/**
 * Checks what a parser of YAML leaves open, before the value of a document is built: keys are unique, aliases have an
 * anchor before them, do not hold themselves and do not multiply without end, and nothing is nested too deeply. Each node
 * is visited once.
 *
 * @throws SourceFault for the first fault
 */
export function surveyDocument(document: Document.Parsed, count: RepetitionCount): AliasTargets {
  const anchors = new Map<string, Anchored>();
  const targets = new Map<Alias, Node>();

  const visitAlias = (alias: Alias): Size => {
    const target = anchors.get(alias.source);
    const at = offsetOf(alias);
    if (target === undefined)
      throw new SourceFault(at, `the alias *${alias.source} without an anchor before it`, {
        expected: 'an anchor of this name above',
        fix: `put it in quotes: '*${alias.source.slice(0, 60)}'; or define the anchor before it`,
      });
    if (target.isOpen) throw new SourceFault(at, `the alias *${alias.source} inside the value that it names`);
    targets.set(alias, target.node);
    count.repeated += target.weight;
    if (count.repeated > mostRepeated || targets.size > mostAliases)
      throw new SourceFault(at, 'aliases that repeat too much', {
        expected: `at most ${mostAliases} aliases that add at most ${mostRepeated / 1_000_000} MB to the file`,
        fix: 'write the values themselves, or fewer of them',
      });
    return target;
  };

  const visit = (node: unknown, level: number): Size => {
    if (isAlias(node)) return deeper(visitAlias(node), level, node);
    if (isPair(node)) return join([visit(node.key, level), visit(node.value, level)]);
    const anchor = (node as (Node & { anchor?: string }) | null)?.anchor;
    if (anchor !== undefined) anchors.set(anchor, { node: node as Node, weight: 0, depth: 0, isOpen: true });
    const size = sizeOf(node, level);
    if (anchor !== undefined) anchors.set(anchor, { node: node as Node, ...size, isOpen: false });
    return size;
  };

  const sizeOf = (node: unknown, level: number): Size => {
    if (isScalar(node)) return { weight: lineLength + String(node.source ?? '').length, depth: 0 };
    if (!isMap(node) && !isSeq(node)) return { weight: 0, depth: 0 };
    const children = join((node.items as readonly unknown[]).map((item) => visit(item, level + 1)));
    if (isMap(node)) refuseKeys(node, targets);
    return deeper({ weight: children.weight + lineLength, depth: children.depth + 1 }, level, node);
  };

  visit(document.contents, 0);
  return targets;
}

const offsetOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0;

function join(sizes: readonly Size[]): Size {
  return sizes.reduce(
    (sum, { weight, depth }) => ({ weight: sum.weight + weight, depth: Math.max(sum.depth, depth) }),
    { weight: 0, depth: 0 },
  );
}

function deeper(size: Size, level: number, node: Node): Size {
  if (level + size.depth > deepest) throw tooDeep(offsetOf(node));
  return size;
}

/** The fault of a list or a mapping that is nested too deeply. */
export function tooDeep(offset: number): SourceFault {
  return new SourceFault(offset, 'values inside values without end', {
    expected: `at most ${deepest} levels of lists and mappings`,
    fix: 'check the brackets and the indentation',
  });
}

// The parser compares every key with every other one, which takes minutes for many keys.
function refuseKeys({ items }: YAMLMap, targets: AliasTargets): void {
  const seen = new Set<string>();
  for (const pair of items) {
    const key = keyOf(pair, targets);
    if (key === null) refuseMerge(pair, targets);
    else if (seen.has(key)) throw new SourceFault(offsetOf(pair.key), 'Map keys must be unique', null, 'DUPLICATE_KEY');
    else seen.add(key);
  }
}

/** The key of an entry as it is in JSON, or null for a merge key (`<<`). */
export function keyOf({ key }: Pair, targets: AliasTargets): string | null {
  const node = isAlias(key) ? targets.get(key) : key;
  // A key that is not a scalar: no other key is the same, and a rule refuses it.
  if (!isScalar(node)) return node === null || node === undefined ? '' : `\0${offsetOf(node)}`;
  if (typeof node.value === 'symbol') return null;
  return node.value === null ? '' : String(node.value);
}

/** The mappings that a merge key brings in, the strongest first. */
export function mergedBy({ value }: Pair, targets: AliasTargets): readonly unknown[] {
  const resolve = (node: unknown): unknown => (isAlias(node) ? targets.get(node) : node);
  const source = resolve(value);
  return isSeq(source) ? source.items.map(resolve) : [source];
}

function refuseMerge(pair: Pair, targets: AliasTargets): void {
  if (!mergedBy(pair, targets).every((source) => isMap(source)))
    throw new SourceFault(offsetOf(pair.key), 'a merge key "<<" with something other than a mapping', {
      expected: 'an alias of a mapping behind "<<:"',
      fix: 'write "<<: *NAME", or put the key in quotes',
    });
}
