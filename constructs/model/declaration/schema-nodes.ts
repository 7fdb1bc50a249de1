import { z } from 'zod';
import type { Path } from '../../domain/json/path.ts';
import { clusterReferences } from './shapes.ts';

/** A part of the schema: the shape of one value. */
export interface SchemaNode {
  readonly def: {
    readonly type: string;
    readonly innerType?: SchemaNode;
    readonly element?: SchemaNode;
    readonly keyType?: SchemaNode;
    readonly valueType?: SchemaNode;
    readonly shape?: Readonly<Record<string, SchemaNode>>;
    readonly options?: readonly SchemaNode[];
  };
}

/** The node at a path of values, with its default and without: `optional` and `default` still wrap it. */
export function nodeAt(schema: z.ZodType, path: Path): SchemaNode | undefined {
  return path.reduce<SchemaNode | undefined>(childOf, schema as unknown as SchemaNode);
}

function childOf(node: SchemaNode | undefined, step: string | number): SchemaNode | undefined {
  for (const { def } of alternativesOf(node)) {
    const child = typeof step === 'number' ? def.element : (def.shape?.[step] ?? def.valueType);
    if (child !== undefined) return child;
  }
  return undefined;
}

/** The shapes that a value may have: one, or the options of a union. */
export function alternativesOf(node: SchemaNode | undefined): readonly SchemaNode[] {
  if (node === undefined) return [];
  const { innerType, options } = node.def;
  if (innerType !== undefined) return alternativesOf(innerType);
  return options === undefined ? [node] : options.flatMap(alternativesOf);
}

/** The keys that a mapping at a path knows. */
export function knownKeys(schema: z.ZodType, path: Path): readonly string[] {
  return alternativesOf(nodeAt(schema, path)).flatMap(({ def }) => Object.keys(def.shape ?? {}));
}

/** The place of a key that its mapping does not know. A known key in the wrong place is often a wrong indentation. */
export function adviseOnPlace(schema: z.ZodType, path: Path): string | null {
  const key = String(path.at(-1));
  const below = waysTo(nodeAt(schema, path.slice(0, -1)), key);
  if (below.length > 0) return `move it below ${below.slice(0, 3).join(' or ')}`;
  const isKnown = path.slice(0, -1).map((_, depth) => knownKeys(schema, path.slice(0, depth)).includes(key));
  const depth = isKnown.lastIndexOf(true);
  return depth < 0 ? null : `move it out of ${path[depth]}`;
}

// The mappings inside a mapping that know a key: `gateway`, `istio.values`.
function waysTo(node: SchemaNode | undefined, key: string): readonly string[] {
  const children = alternativesOf(node).flatMap(({ def }) => Object.entries(def.shape ?? {}));
  return children.flatMap(([name, child]) => {
    const isHere = alternativesOf(child).some(({ def }) => Object.hasOwn(def.shape ?? {}, key));
    return [...(isHere ? [name] : []), ...waysTo(child, key).map((way) => `${name}.${way}`)];
  });
}

/** The shape of the keys of a mapping at a path. */
export function keyNodeOf(schema: z.ZodType, path: Path): SchemaNode | undefined {
  return alternativesOf(nodeAt(schema, path)).find(({ def }) => def.keyType !== undefined)?.def.keyType;
}

/** Whether a key may be left out. */
export function isOptional(node: SchemaNode | undefined): boolean {
  return node?.def.type === 'optional' || node?.def.type === 'default';
}

/** Examples of a value, the one to recommend first. */
export function examplesOf(node: SchemaNode | undefined): readonly unknown[] {
  for (let inner = node; inner !== undefined; inner = inner.def.innerType) {
    const examples = z.globalRegistry.get(inner as unknown as z.ZodType)?.examples;
    if (Array.isArray(examples) && examples.length > 0) return examples as readonly unknown[];
  }
  return [];
}

/** Whether a value names a cluster of the declaration. */
export function isClusterReference(node: SchemaNode | undefined): boolean {
  return alternativesOf(node).some((one) => clusterReferences.has(one as unknown as ReturnType<typeof z.string>));
}
