import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { readTree } from '../files.ts';
import { makeProject, synthesize } from '../project.ts';
import { examples } from './examples.ts';

const root = join(import.meta.dirname, '../../..');

interface Declared {
  readonly istio: Readonly<Record<string, unknown>>;
  readonly clusters: readonly { readonly role: string; readonly gateway?: object }[];
}

/** The examples that a GitOps engine can apply: all but the one of Istio 1.7, which only istioctl installs. */
export const syncedExamples = examples.filter((name) => name !== 'tutorial');

/** The installers that a GitOps engine needs no program for, and a version that each of them knows. */
export const syncedInstallers = [
  { installer: 'helm', version: '1.31.4' },
  { installer: 'sail', version: '1.31.3' },
] as const;

/** The output of an example with another installer and a GitOps engine. Its primary gets an address, and no engine carries the CA. */
export function synthesizeSynced(
  example: string,
  installer: (typeof syncedInstallers)[number],
  gitops: object,
): Readonly<Record<string, string>> {
  const { istio, clusters, ...rest } = load(readFileSync(join(root, `examples/${example}.yaml`), 'utf8')) as Declared;
  const declaration = {
    ...rest,
    istio: { ...withoutCharts(istio, installer.installer), ...installer },
    clusters: clusters.map((cluster) =>
      cluster.role === 'host' ? { ...cluster, gateway: { address: '203.0.113.10', ...cluster.gateway } } : cluster,
    ),
    trust: { cacerts: 'existing' },
    gitops: { repoURL: 'https://git.example/federation.git', ...gitops },
  };
  const directory = makeProject({
    ...under('examples', readTree(join(root, 'examples'))),
    ...under('workloads', readTree(join(root, 'workloads'))),
    'examples/synced.yaml': dump(declaration, { noRefs: true }),
  });
  return synthesize(join(directory, 'examples/synced.yaml'));
}

// Only helm reads a repository of charts.
const withoutCharts = (istio: Declared['istio'], installer: string): Declared['istio'] =>
  Object.fromEntries(Object.entries(istio).filter(([key]) => installer === 'helm' || key !== 'chartRepository'));

const under = (directory: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [`${directory}/${path}`, content]));
