import { copyFileSync, cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Document, parseDocument } from 'yaml';
import { REPOSITORY } from '../machine/paths.ts';
import { run } from '../machine/run.ts';
import type { Synthesized } from './ground.ts';

/** Who installs Istio. */
export type Installer = 'istioctl' | 'helm' | 'sail';

/** A declaration of a suite, with a few words of it said otherwise: one file serves several installers and engines. */
export interface Variation {
  /** Relative to the repository. */
  readonly declaration: string;
  /** @default - the declaration's */
  readonly installer?: Installer;
  /** Who delivers the federated workloads. @default - the declaration's */
  readonly federation?: Readonly<Record<string, string>>;
  /** The names under which its clusters have joined a federation, in its order. @default - the declaration's */
  readonly federationClusters?: readonly string[];
  /** Where helm finds the charts that the plan names. @default - where they are published */
  readonly chartRepository?: string;
  /** Clusters that are not there yet, or no more, or that leave. @default - all of the declaration's are there */
  readonly states?: Readonly<Record<string, 'absent' | 'leaving'>>;
  /** Istio's version, where an installer has versions of its own. @default - the declaration's */
  readonly version?: string;
}

/** Runs the product on a declaration of the repository. */
export async function synthesize(declaration: string, directory: string): Promise<Synthesized> {
  await runProduct(join(REPOSITORY, declaration), directory);
  return { declaration, directory };
}

/**
 * Runs the product on a variation. Its declaration and the files beside it become a project of their own, as every
 * user has one: the product reads nothing outside the project.
 */
export async function synthesizeVariation(variation: Variation, root: string): Promise<Synthesized> {
  const {
    declaration,
    installer,
    federation,
    federationClusters = [],
    states = {},
    chartRepository,
    version,
  } = variation;
  const varied = [installer, federation?.engine, ...Object.entries(states).flat()].filter((one) => one !== undefined);
  const name = [basename(declaration, '.yaml'), ...varied].join('-');
  const project = join(root, `${name}-project`);
  copyProject(dirname(join(REPOSITORY, declaration)), project);
  const path = join(project, basename(declaration));
  const document = parseDocument(readFileSync(path, 'utf8'));
  if (installer !== undefined) document.setIn(['istio', 'installer'], installer);
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
  if (version !== undefined) document.setIn(['istio', 'version'], version);
  writeFileSync(path, document.toString());
  const directory = join(root, name);
  await runProduct(path, directory);
  return { declaration, directory };
}

// No workload may name it any more.
function takeOut(document: Document, name: string, state: 'absent' | 'leaving'): void {
  const { clusters, workloads } = document.toJS() as {
    clusters: { name: string }[];
    workloads: { overrides?: Record<string, unknown> }[];
  };
  const index = clusters.findIndex((one) => one.name === name);
  if (index < 0) throw new Error(`there is no cluster ${name} to take out`);
  for (const [position, { overrides = {} }] of workloads.entries()) {
    if (name in overrides) document.deleteIn(['workloads', position, 'overrides', name]);
  }
  if (state === 'leaving') document.setIn(['clusters', index, 'state'], state);
  else document.deleteIn(['clusters', index]);
}

function copyProject(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  copyFileSync(join(REPOSITORY, 'cdk8s.yaml'), join(to, 'cdk8s.yaml'));
  const isOfADeclaration = (path: string): boolean => statSync(path).isDirectory() || path.endsWith('.yaml');
  cpSync(from, to, { recursive: true, filter: isOfADeclaration });
}

async function runProduct(declaration: string, directory: string): Promise<void> {
  const env = { FEDERATION: declaration, CDK8S_OUTDIR: directory };
  await run(['npm', 'run', '--silent', 'synth'], { cwd: REPOSITORY, env });
}
