import { dump } from 'js-yaml';
import type { Entry } from '../../api/api-server.ts';
import { renderManagers } from '../../api/fields/managers.ts';
import { apiVersionOf, resourceOf } from '../../api/kinds.ts';
import { copyOf, isMap, type JsonMap, listAt, textAt, valueAt } from '../../api/object.ts';
import { ProgramError } from '../said.ts';
import { renderGoTemplate } from './go-template.ts';
import { renderJsonPath } from './json-path.ts';

/** An entry, and the version in which it is shown if it is not the preferred one. */
export interface ShownEntry extends Entry {
  readonly shownAs?: string;
}

/** How objects are printed. */
export interface Printing {
  readonly isList: boolean;
  readonly hasManagers: boolean;
}

/** `deployment.apps/istiod`, as kubectl names an object. */
export function shownName({ kind, object }: Pick<Entry, 'kind' | 'object'>): string {
  return `${kind.singular}${kind.group === '' ? '' : `.${kind.group}`}/${object.metadata.name}`;
}

/** An object as kubectl prints it. */
export function shownObject({ kind, object, managers, shownAs }: ShownEntry, hasManagers = false): JsonMap {
  const apiVersion = shownAs ?? apiVersionOf(kind);
  const { metadata, ...content } = copyOf(object);
  const managedFields = renderManagers(managers, { apiVersion, time: metadata.creationTimestamp });
  return { ...content, apiVersion, metadata: { ...metadata, ...(hasManagers ? { managedFields } : {}) } };
}

/** Prints objects in a form of kubectl: json, yaml, name, jsonpath or go-template. */
export function print(entries: readonly ShownEntry[], form: string, { isList, hasManagers }: Printing): string {
  if (form === 'name') return entries.map((entry) => `${shownName(entry)}\n`).join('');
  if (form === '' || form === 'wide') return table(entries);
  const items = entries.map((entry) => shownObject(entry, hasManagers));
  return printValue(
    isList ? { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } } : items[0],
    form,
  );
}

/** Prints a value of JSON in a form of kubectl. */
export function printValue(value: unknown, form: string): string {
  if (form === 'json') return `${JSON.stringify(sorted(value), null, 4)}\n`;
  if (form === 'yaml') return dump(value, { sortKeys: true });
  const [, language = '', template = ''] = /^(jsonpath|go-template)=(.*)$/s.exec(form) ?? [];
  if (language === 'jsonpath') return renderJsonPath(template, value);
  if (language === 'go-template') return renderGoTemplate(template, value);
  throw new ProgramError(`error: unable to match a printer suitable for the output format "${form}"`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  const pairs = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(pairs.map(([key, inner]) => [key, sorted(inner)]));
}

function table(entries: readonly Entry[]): string {
  const rows = entries.map(({ object, kind }) => `${object.metadata.name}   ${resourceOf(kind)}\n`);
  return `NAME   KIND\n${rows.join('')}`;
}

/** Whether a condition of an object has a status. */
export function hasCondition(object: unknown, type: string, status = 'True'): boolean {
  return listAt(object, 'status', 'conditions').some(
    (one) => textAt(one, 'type').toLowerCase() === type.toLowerCase() && valueAt(one, 'status') === status,
  );
}
