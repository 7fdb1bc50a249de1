/**
 * Downloads Kubernetes' OpenAPI file, checks it against its recorded sha256, trims it and writes `schemas/kubernetes.schema.json`.
 *
 *   npm run kubernetes-schema                     needs the internet
 *   npm run kubernetes-schema -- --from DIR       reads DIR/swagger.json instead of downloading
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultedFields, keptKinds, kubernetesSource } from './kubernetes-source.mts';

interface Schema {
  readonly [keyword: string]: unknown;
}

interface Definition extends Schema {
  readonly required?: readonly string[];
  readonly properties?: Schema;
  readonly 'x-kubernetes-group-version-kind'?: readonly Readonly<Record<'group' | 'version' | 'kind', string>>[];
}

type Definitions = ReadonlyMap<string, Definition>;

const prefix = '#/definitions/';
const dropped = /^(description|format|x-kubernetes-.*)$/;

// OpenAPI 2 declares a string for values that may also be numbers. The pattern is the grammar in Quantity's own
// description, as ParseQuantity reads it (apimachinery v0.34.4 pkg/api/resource/quantity.go).
const scalars: Readonly<Record<string, Schema>> = {
  'api.resource.Quantity': {
    type: ['string', 'number'],
    pattern: '^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?$',
  },
  'util.intstr.IntOrString': { type: ['integer', 'string'] },
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

// `io.k8s.api.apps.v1.DeploymentSpec` as `apps.v1.DeploymentSpec`.
const shortName = (name: string): string => name.split('.').slice(-3).join('.');

function convert(keyword: string, value: unknown): unknown {
  if (keyword === 'type' || keyword === 'required') return value;
  if (keyword === '$ref') return `${prefix}${shortName(String(value).slice(prefix.length))}`;
  if (keyword === 'items' || keyword === 'additionalProperties') return trim(value as Schema);
  if (keyword === 'properties')
    return Object.fromEntries(Object.entries(value as Schema).map(([key, node]) => [key, trim(node as Schema)]));
  throw new Error(`${kubernetesSource.url}: the keyword ${keyword} is new`);
}

// A server drops unknown fields, or reports them on request. For a reader an unknown field is a mistake, so objects are
// closed.
function trim(node: Schema): Schema {
  const keywords = Object.entries(node).filter(([keyword]) => !dropped.test(keyword));
  const schema = Object.fromEntries(keywords.map(([keyword, value]) => [keyword, convert(keyword, value)]));
  return node.properties === undefined ? schema : { ...schema, additionalProperties: false };
}

function trimDefinition(name: string, { required = [], properties, ...rest }: Definition): Schema {
  const asked = required.filter((field) => !defaultedFields[name]?.includes(field));
  // Servers ignore the status of a manifest.
  const isWithStatus = 'x-kubernetes-group-version-kind' in rest && properties?.status !== undefined;
  return trim({
    ...rest,
    ...(asked.length === 0 ? {} : { required: asked }),
    ...(properties === undefined ? {} : { properties: { ...properties, ...(isWithStatus ? { status: {} } : {}) } }),
  });
}

function referencesOf(node: unknown): readonly string[] {
  if (typeof node === 'string') return node.startsWith(prefix) ? [node.slice(prefix.length)] : [];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(referencesOf) : [];
}

// In Kubernetes' code a spec is not a pointer: an omitted spec is empty, and so it lacks its required fields.
function withSpec(schema: Schema, definitions: Definitions): Schema {
  const [spec = ''] = referencesOf((schema.properties as Schema | undefined)?.spec);
  const required = (schema.required ?? []) as readonly string[];
  const isOptional = required.includes('spec') || definitions.get(spec)?.required === undefined;
  return isOptional ? schema : { ...schema, required: [...required, 'spec'] };
}

/** The definitions with these names and all definitions to which they refer, trimmed and sorted. */
function trimAll(definitions: Definitions, names: readonly string[]): Readonly<Record<string, Schema>> {
  const trimmed = new Map<string, Schema>();
  const queue = [...names];
  for (const name of queue) {
    if (trimmed.has(name)) continue;
    const schema = scalars[name] ?? withSpec(trimDefinition(name, definitions.get(name) ?? {}), definitions);
    trimmed.set(name, schema);
    queue.push(...referencesOf(schema));
  }
  return Object.fromEntries([...trimmed].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The name of every kept kind's definition, by `apps/v1/Deployment`. */
function findKinds(definitions: Definitions): Readonly<Record<string, string>> {
  const names = new Map(
    [...definitions].flatMap(([name, { 'x-kubernetes-group-version-kind': kinds = [] }]) =>
      kinds.map(({ group, version, kind }) => [`${group === '' ? '' : `${group}/`}${version}/${kind}`, name]),
    ),
  );
  const wanted = Object.entries(keptKinds).flatMap(([apiVersion, kinds]) =>
    kinds.map((kind) => `${apiVersion}/${kind}`),
  );
  return Object.fromEntries(
    wanted.map((kind) => {
      const name = names.get(kind);
      if (name === undefined) throw new Error(`${kubernetesSource.url}: no ${kind}`);
      return [kind, name];
    }),
  );
}

// One definition per line: short enough to keep, long enough to compare.
function renderLines(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
    .join(',\n');
}

/** The trimmed file's text, header included. */
export function renderKubernetesSchema(upstream: string): string {
  const { url, upstreamSha256 } = kubernetesSource;
  if (sha256(upstream) !== upstreamSha256) throw new Error(`${url}: sha256 differs from the recorded one`);
  const all = (JSON.parse(upstream) as { definitions: Readonly<Record<string, Definition>> }).definitions;
  const definitions = new Map(Object.entries(all).map(([name, definition]) => [shortName(name), definition]));
  if (definitions.size < Object.keys(all).length) throw new Error(`${url}: two definitions have one short name`);
  const kinds = findKinds(definitions);
  const trimmed = trimAll(definitions, Object.values(kinds));
  const body = `"kinds":{\n${renderLines(kinds)}\n},\n"definitions":{\n${renderLines(trimmed)}\n}}\n`;
  return [
    '{"$comment":"Generated by `npm run kubernetes-schema`; do not edit. Kinds that users deploy, closed, without descriptions.",',
    `"source":"${url}",`,
    `"sourceSha256":"${upstreamSha256}",`,
    `"bodySha256":"${sha256(body)}",`,
    body,
  ].join('\n');
}

async function readUpstream(directory: string | undefined): Promise<string> {
  const { url } = kubernetesSource;
  if (directory !== undefined) return readFileSync(join(directory, basename(url)), 'utf8');
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response.text();
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({ options: { from: { type: 'string' } } });
  writeFileSync(kubernetesSource.file, renderKubernetesSchema(await readUpstream(values.from)));
  console.error(`wrote ${kubernetesSource.file}`);
}
