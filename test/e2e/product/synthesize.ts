import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Document, parse, parseDocument } from 'yaml';
import { versionOf } from '../build/chosen.ts';
import type { Synthesized } from '../environment.ts';
import { REPOSITORY } from '../machine/paths.ts';
import { run } from '../machine/run.ts';

/** The tool that installs Istio. */
export type Installer = 'istioctl' | 'helm' | 'sail';

/** A declaration of a suite with some changes, so that one file serves several installers and engines. */
export interface Variation {
  /** Relative to the repository. */
  readonly declaration: string;
  /** @default - the declaration's */
  readonly installer?: Installer;
  /** The engine of the federated workloads. @default - the declaration's */
  readonly federation?: Readonly<Record<string, string>>;
  /** The names under which its clusters have joined a federation, in its order. @default - the declaration's */
  readonly federationClusters?: readonly string[];
  /** Keys of clusters that take the place of the declaration's. @default - the declaration's */
  readonly clusters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Further chart values of Istio. @default - the declaration's */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Helm repository of the charts in the plan. @default - the repositories of their projects */
  readonly chartRepository?: string;
  /** Clusters that are absent or leaving. @default - all of the declaration's are present */
  readonly states?: Readonly<Record<string, 'absent' | 'leaving'>>;
  /** Istio's version, for an installer with its own list of versions. @default - the version that the suites run */
  readonly version?: string;
}

/**
 * Runs the product on a declaration, or on a variation of it, in a separate project like that of a user, and for the
 * Istio version that the suites run (versionToRun).
 */
export async function synthesize(variation: Variation, root: string): Promise<Synthesized> {
  const { declaration } = variation;
  const name = nameOf(variation);
  const project = join(root, `${name}-project`);
  copyProject(declaration, project);
  const path = join(project, declaration);
  const document = parseDocument(readFileSync(path, 'utf8'));
  vary(document, variation);
  writeFileSync(path, document.toString());
  const directory = join(root, name);
  await runProduct(path, directory);
  return { declaration, directory };
}

function nameOf({ declaration, installer, federation, states = {} }: Variation): string {
  const varied = [installer, federation?.engine, ...Object.entries(states).flat()].filter((one) => one !== undefined);
  return [basename(declaration, '.yaml'), ...varied].join('-');
}

function vary(document: Document, variation: Variation): void {
  const { installer, federation, federationClusters = [], states = {}, values, chartRepository } = variation;
  for (const [name, keys] of Object.entries(variation.clusters ?? {})) changeCluster(document, name, keys);
  if (installer !== undefined) document.setIn(['istio', 'installer'], installer);
  if (values !== undefined) document.setIn(['istio', 'values'], document.createNode(values));
  if (federation !== undefined) document.setIn(['federation'], federation);
  for (const [index, joined] of federationClusters.entries()) {
    document.setIn(['clusters', index, 'federationCluster'], joined);
  }
  const readers = [
    ...(document.getIn(['istio', 'installer']) === 'helm' ? ['istio'] : []),
    ...(document.getIn(['federation', 'install']) === true ? ['federation'] : []),
  ];
  if (chartRepository !== undefined)
    for (const reader of readers) document.setIn([reader, 'chartRepository'], chartRepository);
  for (const [cluster, state] of Object.entries(states)) takeOut(document, cluster, state);
  const declared = String(document.getIn(['istio', 'version']));
  const isBySail = document.getIn(['istio', 'installer']) === 'sail';
  const version = variation.version ?? (isBySail ? declared : versionToRun(declared));
  document.setIn(['istio', 'version'], version);
}

/**
 * The version for which a declaration is synthesized. Whatever version it recommends, the suites run the version that
 * was built. Istio 1.7 differs too much, so it stays.
 */
export function versionToRun(declared: string): string {
  return declared.startsWith('1.7.') ? declared : versionOf('istio');
}

function changeCluster(document: Document, name: string, keys: Readonly<Record<string, unknown>>): void {
  const index = indexOf(document, name);
  for (const [key, value] of Object.entries(keys)) document.setIn(['clusters', index, key], document.createNode(value));
}

function indexOf(document: Document, name: string): number {
  const { clusters } = document.toJS() as { clusters: { name: string }[] };
  const index = clusters.findIndex((one) => one.name === name);
  if (index < 0) throw new Error(`there is no cluster ${name} to change`);
  return index;
}

// No workload may name the cluster any more.
function takeOut(document: Document, name: string, state: 'absent' | 'leaving'): void {
  const { workloads } = document.toJS() as { workloads: { overrides?: Record<string, unknown> }[] };
  const index = indexOf(document, name);
  for (const [position, { overrides = {} }] of workloads.entries()) {
    if (name in overrides) document.deleteIn(['workloads', position, 'overrides', name]);
  }
  if (state === 'leaving') document.setIn(['clusters', index, 'state'], state);
  else document.deleteIn(['clusters', index]);
}

// The declaration, its lock and its manifests, each at its original path, since paths may lead up.
function copyProject(declaration: string, project: string): void {
  const { workloads = [] } = parse(readFileSync(join(REPOSITORY, declaration), 'utf8')) as {
    workloads?: readonly { manifests?: readonly string[] }[];
  };
  const manifests = workloads.flatMap((one) => one.manifests ?? []).map((path) => join(dirname(declaration), path));
  const lock = declaration.replace(/\.yaml$/, '.lock.yaml');
  for (const path of new Set(['cdk8s.yaml', declaration, lock, ...manifests])) {
    const source = join(REPOSITORY, path);
    if (path === lock && !existsSync(source)) continue;
    mkdirSync(dirname(join(project, path)), { recursive: true });
    if (statSync(source).isDirectory()) cpSync(source, join(project, path), { recursive: true });
    else copyFileSync(source, join(project, path));
  }
}

async function runProduct(declaration: string, directory: string): Promise<void> {
  const env = { FEDERATION: declaration, CDK8S_OUTDIR: directory };
  await run(['npm', 'run', '--silent', 'synth'], { cwd: REPOSITORY, env });
}
