import { isPair, isScalar, isSeq, type Node, type Scalar, visit } from 'yaml';
import type { Path } from '../../domain/json/path.ts';
import type { AliasTargets } from './checks/yaml-survey.ts';

/** A node of a YAML document; `scalar` is null for a list or a mapping. */
export interface Place {
  readonly node: Node;
  readonly scalar: Scalar | null;
  readonly isKey: boolean;
  /** The lists, mappings and entries around the node, the outermost first. An alias is not followed back. */
  readonly ancestors: readonly unknown[];
}

/** A node and every node below it, each once, also those that aliases name. Undefined has no places. */
export function placesIn(root: Node | undefined, targets: AliasTargets): readonly Place[] {
  const places: Place[] = [];
  const seen = new Set<Node>();
  const roots = root === undefined ? [] : [root];
  // The list grows while it is read.
  for (const one of roots)
    visit(one, {
      Alias: (_, alias) => {
        roots.push(...[targets.get(alias) ?? []].flat());
      },
      Value: (role, node, ancestors) => {
        if (seen.has(node)) return visit.SKIP;
        seen.add(node);
        places.push({ node, scalar: isScalar(node) ? node : null, isKey: role === 'key', ancestors });
        return undefined;
      },
    });
  return places;
}

/** The path of a place in its document. */
export function pathOf({ node, ancestors }: Place): Path {
  return ancestors.flatMap((ancestor, depth): Path => {
    if (isPair(ancestor)) return isScalar(ancestor.key) ? [String(ancestor.key.value)] : [];
    return isSeq(ancestor) ? [ancestor.items.indexOf(ancestors[depth + 1] ?? node)] : [];
  });
}

const readDifferently =
  /^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|[-+]?0[0-7_]+|0o[0-7]+|[-+]?0b[01_]+|[-+]?[1-9][\d_]*(?::[0-5]?\d)+(?:\.\d*)?|[-+]?[1-9]\d*_[\d_]*(?:\.[\d_]*)?)$/;

/**
 * Whether a YAML 1.1 reader (kubectl's) and a YAML 1.2 reader read a scalar as different values: words for booleans,
 * octal, binary and base-60 numbers, digits grouped by underscores.
 */
export function isReadDifferently({ type, source = '' }: Scalar): boolean {
  if (type !== 'PLAIN') return false;
  // No pattern that repeats a class is given a text of megabytes: its engine keeps each character on a stack.
  return source.length > longestNumber ? !/[^-+\d_:.]/.test(source) : readDifferently.test(source);
}

const longestNumber = 1000;

/** The expected form of such a scalar. */
export const unambiguous = {
  expected: 'a value that YAML 1.1 (kubectl) and YAML 1.2 read the same way',
  fix: 'quote it if it is a string; otherwise write true, false or a decimal number',
};
