import { copyOf, isSame, type JsonMap, type StoredObject } from '../object.ts';
import { type Field, type FieldPath, managedName, textOfPath } from './field-paths.ts';
import { fieldsOf } from './field-sets.ts';
import { removeField, writeField } from './field-writes.ts';
import { type Conflict, conflictsError } from './manager-conflicts.ts';

/** Who manages which fields of an object, and how: `mesh-federation Apply` to paths by their texts. */
export type Managers = Map<string, Map<string, FieldPath>>;

/** An object that somebody applies. */
export interface Applied {
  readonly sent: JsonMap;
  readonly manager: string;
  readonly force: boolean;
  readonly isBuiltIn: boolean;
}

/** How a server-side apply ends: the object as it is afterwards. */
export interface Merged {
  readonly object: StoredObject;
  readonly managers: Managers;
}

/** Merges an object that somebody applies into the one that the server has. */
export function mergeApplied(live: StoredObject, managers: Managers, given: Applied): Merged {
  const { sent, manager, force, isBuiltIn } = given;
  const key = `${manager} Apply`;
  const applied = fieldsOf(sent, { isBuiltIn });
  const disputed = conflictsOf({ live, managers, key, applied, isBuiltIn });
  if (disputed.length > 0 && !force) throw conflictsError(disputed, live.apiVersion);
  const after: Managers = new Map([...managers].map(([other, paths]) => [other, new Map(paths)]));
  for (const one of disputed) after.get(one.key)?.delete(textOfPath(one.path));
  const dropped = [...(managers.get(key) ?? [])].filter(([text]) => !applied.has(text));
  after.set(key, new Map([...applied].map(([text, { path }]) => [text, path])));
  const object = copyOf(live);
  for (const [text, path] of dropped) if (!isOwned(after, text)) removeField(object, path);
  for (const field of applied.values()) writeField(object, copyOf(field));
  return { object, managers: withoutEmpty(after) };
}

interface Dispute {
  readonly live: StoredObject;
  readonly managers: Managers;
  readonly key: string;
  readonly applied: ReadonlyMap<string, Field>;
  readonly isBuiltIn: boolean;
}

function conflictsOf({ live, managers, key, applied, isBuiltIn }: Dispute): readonly Conflict[] {
  const former = fieldsOf(live, { isBuiltIn });
  const isDisputed = (text: string): boolean => {
    const field = applied.get(text);
    return field !== undefined && !isSame(field.value, former.get(text)?.value);
  };
  const others = [...managers].filter(([other]) => other !== key);
  return others.flatMap(([other, paths]) =>
    [...paths].flatMap(([text, path]) => (isDisputed(text) ? [{ key: other, path }] : [])),
  );
}

const isOwned = (managers: Managers, text: string): boolean =>
  [...managers.values()].some((paths) => paths.has(text) || [...paths.keys()].some((one) => isBelow(one, text)));

const isBelow = (path: string, upper: string): boolean => path.startsWith(`${upper}.`) || path.startsWith(`${upper}[`);

const withoutEmpty = (managers: Managers): Managers => new Map([...managers].filter(([, paths]) => paths.size > 0));

/** Notes who manages the fields that a write has changed. */
export function noteUpdate(
  before: StoredObject | null,
  after: StoredObject,
  managers: Managers,
  { manager, isBuiltIn }: Pick<Applied, 'manager' | 'isBuiltIn'>,
): Managers {
  const former = fieldsOf(before ?? {}, { isBuiltIn });
  const present = fieldsOf(after, { isBuiltIn });
  const changed = [...present].filter(([text, { value }]) => !isSame(former.get(text)?.value, value));
  const next: Managers = new Map(
    [...managers].map(([key, paths]) => [key, new Map([...paths].filter(([text]) => present.has(text)))]),
  );
  for (const paths of next.values()) for (const [text] of changed) paths.delete(text);
  const key = `${manager} Update`;
  const mine = next.get(key) ?? new Map<string, FieldPath>();
  for (const [text, { path }] of changed) mine.set(text, path);
  next.set(key, mine);
  return withoutEmpty(next);
}

/** Whether the same managers manage the same fields. */
export function sameManagers(one: Managers, other: Managers): boolean {
  const described = (managers: Managers): readonly string[] =>
    [...managers].map(([key, paths]) => `${key} ${[...paths.keys()].sort().join(' ')}`).sort();
  return one === other || isSame(described(one), described(other));
}

/** The managers as `metadata.managedFields` shows them. */
export function renderManagers(managers: Managers, { apiVersion, time }: Shown): readonly JsonMap[] {
  return [...managers].map(([key, paths]) => {
    const [manager = '', operation = ''] = key.split(' ');
    const fieldsV1: JsonMap = {};
    for (const path of paths.values()) addPath(fieldsV1, path);
    return { apiVersion, fieldsType: 'FieldsV1', fieldsV1, manager, operation, time };
  });
}

interface Shown {
  readonly apiVersion: string;
  readonly time: string;
}

function addPath(fields: JsonMap, path: FieldPath): void {
  let place = fields;
  for (const step of path) {
    const name = managedName(step);
    place[name] ??= {};
    place = place[name] as JsonMap;
  }
}
