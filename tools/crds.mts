/**
 * Downloads the upstream CRD files, checks them against their recorded sha256, trims them and writes `crds/`.
 *
 *   npm run crds                     needs the internet, and Go for files in Go modules
 *   npm run crds -- --from DIR       reads DIR/<name of our file> instead of downloading
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { dump, loadAll } from 'js-yaml';
import {
  type Additions,
  type CrdSource,
  crdSources,
  type ModuleFile,
  nameOfUpstream,
  type Omissions,
} from './crd-sources.mts';
import { descriptionsFile, renderIstioValuesDescriptions } from './istio-values-descriptions.mts';
import { istioValuesCrd } from './istio-values-schema.mts';

interface CustomResourceDefinition {
  metadata: { name: string };
  spec: { version?: string; versions?: { name: string; schema?: { openAPIV3Schema: Schema } }[] };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

async function readUpstream(source: CrdSource, directory: string | undefined): Promise<string> {
  if (directory !== undefined) return readFileSync(join(directory, basename(source.file)), 'utf8');
  if (typeof source.upstream !== 'string') return readModuleFile(source.upstream);
  const response = await fetch(source.upstream);
  if (!response.ok) throw new Error(`${source.upstream}: HTTP ${response.status}`);
  return response.text();
}

function readModuleFile({ module, path }: ModuleFile): string {
  // Outside any module, so that no module affects the version.
  const answer = execFileSync('go', ['mod', 'download', '-json', module], { cwd: tmpdir(), encoding: 'utf8' });
  return readFileSync(join((JSON.parse(answer) as { Dir: string }).Dir, path), 'utf8');
}

/**
 * Descriptions and printer columns are most of a CRD's bytes. They do not affect the code that we generate or the
 * validation.
 */
function withoutProse(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutProse);
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(
    ([key, value]) => !(key === 'description' && typeof value === 'string') && key !== 'additionalPrinterColumns',
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutProse(value)]));
}

interface Schema {
  [key: string]: Schema | string[];
}

/** The part at a path of the schema of each version. */
function partsOf(crd: CustomResourceDefinition, path: readonly string[]): readonly (Schema | string[] | undefined)[] {
  return (crd.spec.versions ?? []).map((version) =>
    path.reduce<Schema | string[] | undefined>(
      (node, key) => (node as Schema | undefined)?.[key],
      version.schema?.openAPIV3Schema,
    ),
  );
}

/** Puts the values of later releases at the front of an enum, where upstream also adds them. */
function add(crd: CustomResourceDefinition, { path, values }: Additions): void {
  for (const list of partsOf(crd, path)) {
    if (!Array.isArray(list)) throw new Error(`${crd.metadata.name}: no list at ${path.join('.')}`);
    list.unshift(...values.filter((value) => !list.includes(value)));
  }
}

function omit(crd: CustomResourceDefinition, { path, keys }: Omissions): void {
  for (const properties of partsOf(crd, path)) {
    for (const key of keys) {
      if (properties === undefined || !(key in properties))
        throw new Error(`${crd.metadata.name}: no ${key} at ${path.join('.')}`);
      delete (properties as Schema)[key];
    }
  }
}

function trim(crd: CustomResourceDefinition, versions: readonly string[]): unknown {
  const spec = { ...crd.spec };
  if (spec.versions !== undefined) spec.versions = spec.versions.filter((version) => versions.includes(version.name));
  else if (!versions.includes(spec.version ?? '')) throw new Error(`${crd.metadata.name}: no version ${versions}`);
  return withoutProse({ ...crd, metadata: { name: crd.metadata.name }, spec });
}

/** The trimmed file's text, header included. */
export function renderCrds(source: CrdSource, upstream: string): string {
  if (sha256(upstream) !== source.upstreamSha256)
    throw new Error(`${nameOfUpstream(source)}: sha256 differs from the recorded one`);
  const crds = loadAll(upstream).filter((document) => document !== null) as CustomResourceDefinition[];
  const documents = Object.entries(source.keep).map(([name, versions]) => {
    const crd = crds.find((candidate) => candidate.metadata.name === name);
    if (crd === undefined) throw new Error(`${nameOfUpstream(source)}: no CRD ${name}`);
    if (source.additions !== undefined) add(crd, source.additions);
    if (source.omissions !== undefined) omit(crd, source.omissions);
    return `---\n${dump(trim(crd, versions), { lineWidth: -1, noRefs: true })}`;
  });
  const body = documents.join('');
  const added =
    source.additions === undefined ? '' : `, with ${source.additions.values.length} values of later releases`;
  return [
    `# Generated by \`npm run crds\`; do not edit. Kinds and versions that we emit, without descriptions${added}.`,
    `# source: ${nameOfUpstream(source)}`,
    `# source-sha256: ${source.upstreamSha256}`,
    `# body-sha256: ${sha256(body)}`,
    body,
  ].join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { from: { type: 'string' } } });
  for (const source of crdSources) {
    const upstream = await readUpstream(source, values.from);
    writeFileSync(source.file, renderCrds(source, upstream));
    console.error(`wrote ${source.file}`);
    if (source.file !== istioValuesCrd) continue;
    writeFileSync(descriptionsFile, renderIstioValuesDescriptions(upstream, nameOfUpstream(source)));
    console.error(`wrote ${descriptionsFile}`);
  }
}

if (import.meta.filename === process.argv[1]) await main();
