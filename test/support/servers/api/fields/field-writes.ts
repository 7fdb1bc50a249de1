import { isMap } from '../object.ts';
import { type Field, type FieldPath, itemAt, type Step } from './field-paths.ts';

/** Writes a field into an object. */
export function writeField(object: unknown, { path, value }: Field): void {
  let place = object;
  path.forEach((step, index) => {
    const next = path[index + 1];
    place = next === undefined ? writeLast(place, step, value) : enter(place, step, next);
  });
}

// What is inside a map stays if somebody writes that the map is there.
function writeLast(place: unknown, step: Step, value: unknown): void {
  if ('field' in step && isMap(place)) {
    const isThere = isMap(value) && Object.keys(value).length === 0 && isMap(place[step.field]);
    if (!isThere) place[step.field] = value;
  } else if ('value' in step && Array.isArray(place) && !place.includes(step.value)) place.push(step.value);
}

function enter(place: unknown, step: Step, next: Step): unknown {
  if ('field' in step && isMap(place)) {
    const inner = place[step.field];
    if (typeof inner !== 'object' || inner === null) place[step.field] = 'field' in next ? {} : [];
    return place[step.field];
  }
  if (!('keys' in step) || !Array.isArray(place)) return undefined;
  const at = itemAt(place, step.keys);
  if (at < 0) place.push({ ...step.keys });
  return place[at < 0 ? place.length - 1 : at];
}

/** Removes a field from an object, and what is empty without it. */
export function removeField(object: unknown, [step, ...rest]: FieldPath): void {
  if (step === undefined) return;
  if ('field' in step && isMap(object)) {
    if (rest.length > 0) removeField(object[step.field], rest);
    if (rest.length === 0 || isEmpty(object[step.field])) delete object[step.field];
  } else if ('keys' in step && Array.isArray(object)) removeFromItem(object, step, rest);
  else if ('value' in step && Array.isArray(object) && object.includes(step.value))
    object.splice(object.indexOf(step.value), 1);
}

// An item goes with its last field besides the keys.
function removeFromItem(list: unknown[], { keys }: Step & { readonly keys: object }, rest: FieldPath): void {
  const at = itemAt(list, { ...keys });
  if (at < 0) return;
  const [inner] = rest;
  const isKey = rest.length === 1 && inner !== undefined && 'field' in inner && inner.field in keys;
  if (!isKey) removeField(list[at], rest);
  if (Object.keys(list[at] ?? {}).every((key) => key in keys)) list.splice(at, 1);
}

const isEmpty = (value: unknown): boolean =>
  (isMap(value) && Object.keys(value).length === 0) || (Array.isArray(value) && value.length === 0);
