import { type StoredObject, valueAt } from './object.ts';

/** Whether an object has labels: `app=istiod,!region,name in (a,b)`. */
export function hasLabels({ metadata }: StoredObject, selector: string): boolean {
  const labels = metadata.labels ?? {};
  return partsOf(selector).every((part) => holds(labels, part));
}

/** Whether an object has fields: `status.phase=Running`. */
export function hasFields(object: StoredObject, selector: string): boolean {
  return selector.split(',').every((part) => {
    const [, path = '', operator = '', wanted = ''] = /^([^=!]+)(!=|==?)(.*)$/.exec(part) ?? [];
    return (String(valueAt(object, ...path.split('.')) ?? '') === wanted) === (operator !== '!=');
  });
}

// Commas inside parentheses separate values.
const partsOf = (selector: string): readonly string[] => selector.split(/,(?![^(]*\))/).filter((part) => part !== '');

function holds(labels: Readonly<Record<string, string>>, part: string): boolean {
  const [, label = '', operator = '', list = ''] = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(part) ?? [];
  if (operator !== '') {
    const isAmong = list.split(',').some((value) => value.trim() === labels[label]);
    return isAmong === (operator === 'in');
  }
  if (part.startsWith('!')) return labels[part.slice(1)] === undefined;
  const [, key = part, sign, wanted] = /^([^=!]+)(!=|==?)(.*)$/.exec(part) ?? [];
  if (sign === undefined) return labels[key] !== undefined;
  return (labels[key] === wanted) === (sign !== '!=');
}
