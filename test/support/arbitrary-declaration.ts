import fc from 'fast-check';
import { type ClusterData, maybe, meshes } from './arbitrary-mesh.ts';

/** A declaration as plain data. */
export type DeclarationData = Readonly<Record<string, unknown>> & {
  readonly istio: { readonly version: string };
  readonly federation: { readonly engine: string };
  readonly clusters: readonly ClusterData[];
  readonly workloads: readonly WorkloadData[];
};

interface WorkloadData {
  readonly name: string;
  readonly manifests: readonly string[];
}

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
const reserved = ['effective', 'docs', 'argocd', 'flux', 'lib', 'federation', 'namespaces', 'kustomization', 'types'];
const ownName = label.filter((name) => !reserved.includes(name));
/** The manifest of a workload, as text: a Service and a Deployment with names that no other workload has. */
export function manifestOf(name: string): string {
  const labels = `{app: ${JSON.stringify(name)}}`;
  const metadata = `metadata: {name: w-${name}, labels: ${labels}}`;
  const template = `template: {metadata: {labels: ${labels}}, spec: {containers: [{name: a, image: "a:1"}]}}`;
  return [
    `{apiVersion: v1, kind: Service, ${metadata}, spec: {clusterIP: None, selector: ${labels}, ports: [{name: http, port: 80, protocol: TCP}]}}`,
    `{apiVersion: apps/v1, kind: Deployment, ${metadata}, spec: {replicas: 1, selector: {matchLabels: ${labels}}, ${template}}}`,
  ].join('\n---\n');
}

function workload(name: string, clusters: readonly string[]): fc.Arbitrary<WorkloadData> {
  const where = fc.oneof(fc.constant('all' as const), fc.subarray([...clusters], { minLength: 1 }));
  return fc
    .record({
      namespace: fc.constantFrom('sample', 'shop'),
      delivery: fc.constantFrom('federated', 'direct'),
      placement: where,
      clients: where,
      replicas: fc.integer({ min: 0, max: 9 }),
      overridden: fc.subarray([...clusters]),
    })
    .map(({ replicas, overridden, ...rest }) => ({
      name,
      manifests: [`${name}.yaml`],
      ...rest,
      ...(rest.delivery === 'federated' && overridden.length > 0
        ? {
            overrides: Object.fromEntries(
              overridden.map((cluster) => [
                cluster,
                [
                  {
                    resource: `Deployment/w-${name}`,
                    patches: [{ op: 'replace', path: '/spec/replicas', value: replicas }],
                  },
                ],
              ]),
            ),
          }
        : {}),
    }));
}

/** Declarations that are right: two to five clusters, up to four workloads, both dialects. */
export const declarations: fc.Arbitrary<DeclarationData> = fc
  .record({
    name: ownName,
    clusterNames: fc.uniqueArray(ownName, { minLength: 2, maxLength: 5 }),
    workloadNames: fc.uniqueArray(ownName, { maxLength: 4 }),
    images: maybe(
      fc.constant({ registries: { 'docker.io': 'mirror.example/hub' }, pullSecrets: ['credentials'] }),
      'images',
    ),
  })
  .chain(({ name, clusterNames, workloadNames, images }) =>
    fc
      .record({
        mesh: meshes(clusterNames),
        workloads: fc.tuple(...workloadNames.map((workload_) => workload(workload_, clusterNames))),
      })
      .map(({ mesh, workloads }) => ({ name, ...mesh, ...images, workloads })),
  );
