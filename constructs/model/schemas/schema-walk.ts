import type { Path } from '../../domain/json/path.ts';
import type { Schema } from './schema-findings.ts';

/** The schema of a place in a value. Only that schema is resolved, and not the schemas inside it. */
export type Walk = (path: Path) => Schema;

const prefix = '#/definitions/';

/** Resolves a schema that is only a reference. */
export function resolve(definitions: Readonly<Record<string, Schema>>, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (definitions[schema.$ref.slice(prefix.length)] ?? {});
}

/** Finds the schema of places in a value that a definition describes. */
export function makeWalk(definitions: Readonly<Record<string, Schema>>, name: string): Walk {
  const root = definitions[name] ?? {};
  return (path) => path.reduce<Schema>((schema, step) => resolve(definitions, childOf(schema, step)), root);
}

function childOf({ properties, items, additionalProperties }: Schema, step: string | number): Schema {
  if (typeof step === 'number') return items ?? {};
  if (properties !== undefined && Object.hasOwn(properties, step)) return properties[step] ?? {};
  return typeof additionalProperties === 'object' ? additionalProperties : {};
}

const has = ({ properties = {} }: Schema, key: string): boolean => Object.hasOwn(properties, key);

/** Advice for an unknown key. A known name in the wrong place is usually a mistake of indentation. */
export function adviseOnPlace(walk: Walk, path: Path, key: string): string {
  const below = findBelow(walk, path, key);
  if (below !== undefined) return `move it below ${below}`;
  const outside = path.map((_, index) => has(walk(path.slice(0, index)), key)).lastIndexOf(true);
  return outside < 0 ? 'remove it' : `move it out of ${path[outside]}`;
}

// Two levels, which include the fields of the pods in a template. On deeper levels the same names have other meanings.
function findBelow(walk: Walk, path: Path, key: string): string | undefined {
  const childrenOf = (place: Path): readonly Path[] =>
    Object.keys(walk(place).properties ?? {}).map((child) => {
      const inside = [...place, child];
      return walk(inside).items === undefined ? inside : [...inside, 0];
    });
  const near = childrenOf(path);
  const found = [...near, ...near.flatMap(childrenOf)].find((place) => has(walk(place), key));
  return found
    ?.slice(path.length)
    .filter((step) => typeof step === 'string')
    .join('.');
}
