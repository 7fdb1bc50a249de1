import { join } from 'node:path';
import { dump } from 'js-yaml';
import { makeProject, synthesize } from '../project.ts';

type Json = Readonly<Record<string, unknown>>;

/** The tables that verify joins. */
export const endpointTables = ['services.tsv', 'clients.tsv', 'endpoints.tsv', 'gateways.tsv'] as const;

/** A federation in which every workload is a Service and a Deployment of the workload's name. */
export interface DeclaredServices {
  readonly version?: string;
  readonly federation?: Json;
  /** The first cluster is the host. */
  readonly clusters: readonly (Json & { readonly name: string })[];
  readonly workloads: readonly (Json & { readonly name: string })[];
}

/** Rows of each table without its header, with blanks instead of tabs. */
export type Tables = Readonly<Record<string, readonly string[]>>;

/** The tables of a federation. */
export function tablesOf({ version = '1.31.4', clusters, workloads, ...rest }: DeclaredServices): Tables {
  const declaration = {
    name: 'demo',
    istio: { version },
    federation: { engine: 'kubefed', version: version === '1.7.2' ? '0.4.1' : '0.10.0' },
    ...rest,
    clusters: clusters.map((one, index) => ({ role: index === 0 ? 'host' : 'member', ...one })),
    workloads: workloads.map((one) => ({ namespace: 'shop', manifests: [`${one.name}.yaml`], ...one })),
  };
  const manifests = workloads.map(({ name }) => [`${name}.yaml`, manifestOf(name)]);
  const project = makeProject({ 'federation.yaml': dump(declaration), ...Object.fromEntries(manifests) });
  const output = synthesize(join(project, 'federation.yaml'));
  return Object.fromEntries(endpointTables.map((path) => [path, rowsOf(output[path])]));
}

const rowsOf = (table = ''): readonly string[] => table.trimEnd().replaceAll('\t', ' ').split('\n').slice(1);

function manifestOf(name: string): string {
  const labels = { app: name };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: labels, ports: [{ name: 'http', port: 80, protocol: 'TCP' }] },
  };
  const containers = [{ name: 'app', image: 'docker.io/example/app:1.0' }];
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
  return `${dump(service)}---\n${dump(deployment)}`;
}
