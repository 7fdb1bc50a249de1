import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { parseJson } from '../../../../constructs/domain/json/parse-json.ts';
import { isMap, listAt, type SentObject, textAt } from '../api/object.ts';
import type { Arguments } from './arguments.ts';
import { isInput } from './input-path.ts';
import { ProgramError } from './said.ts';

const listed = new WeakSet<object>();

/** Whether an object was an item of a List. kubectl says something else then if it does not know the kind. */
export function isListed(object: SentObject): boolean {
  return listed.has(object);
}

/** The objects that a call names with `--filename` or `--kustomize`. */
export function readManifests(args: Arguments, input: string): readonly SentObject[] {
  const files = args.values('filename').map((path) => (isInput(path) ? input : readFileSync(path, 'utf8')));
  const objects = [...files, ...args.values('kustomize').flatMap(readKustomization)].flatMap(parseManifests);
  if (objects.length === 0) throw new ProgramError('error: no objects passed to apply');
  return objects;
}

function readKustomization(directory: string): readonly string[] {
  const path = join(directory, 'kustomization.yaml');
  if (!existsSync(path))
    throw new ProgramError(
      `error: unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${directory}'`,
    );
  return listAt(parse(readFileSync(path, 'utf8')), 'resources')
    .map((name) => join(directory, String(name)))
    .flatMap((file) => (statSync(file).isDirectory() ? readKustomization(file) : [readFileSync(file, 'utf8')]));
}

/** The objects of a text of YAML or JSON, those of a List one by one. */
export function parseManifests(text: string): readonly SentObject[] {
  const values: readonly unknown[] = readJson(text) ?? parseDocuments(text);
  return values.flatMap((value) => {
    if (textAt(value, 'kind') !== 'List') return [checked(value)];
    const items = listAt(value, 'items').map(checked);
    for (const item of items) listed.add(item);
    return items;
  });
}

function readJson(text: string): readonly unknown[] | null {
  const value = text.trimStart().startsWith('{') ? parseJson(text) : undefined;
  return value === undefined ? null : [value];
}

function parseDocuments(text: string): readonly unknown[] {
  return parseAllDocuments(text).flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) {
      const line = error.linePos?.[0].line ?? 1;
      throw new ProgramError(
        `error: error parsing STDIN: error converting YAML to JSON: yaml: line ${line}: ${error.code}`,
      );
    }
    const value: unknown = document.toJS();
    return value === null ? [] : [value];
  });
}

function checked(value: unknown): SentObject {
  const { apiVersion, kind, metadata } = isMap(value) ? value : {};
  const missing =
    typeof apiVersion !== 'string' ? 'apiVersion not set' : typeof kind !== 'string' ? 'kind not set' : '';
  if (!isMap(value) || typeof apiVersion !== 'string' || typeof kind !== 'string')
    throw new ProgramError(
      `error: error validating "STDIN": error validating data: ${missing}; if you choose to ignore these errors, turn validation off with --validate=false`,
    );
  const name = textAt(metadata, 'name');
  if (name === '') throw new ProgramError('error: resource name may not be empty');
  return { ...value, apiVersion, kind, metadata: { ...(isMap(metadata) ? metadata : {}), name } };
}
