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
/** The manifest of a workload, as text: a Service and a Deployment with names that no other workload uses. */
export function manifestOf(name: string): string {
  const labels = `{app: ${JSON.stringify(name)}}`;
  const metadata = `metadata: {name: w-${name}, labels: ${labels}}`;
  const template = `template: {metadata: {labels: ${labels}}, spec: {terminationGracePeriodSeconds: 9, containers: [{name: a, image: "a:1"}]}}`;
  return [
    `{apiVersion: v1, kind: Service, ${metadata}, spec: {clusterIP: None, selector: ${labels}, ports: [{name: http, port: 80, protocol: TCP}]}}`,
    `{apiVersion: apps/v1, kind: Deployment, ${metadata}, spec: {replicas: 1, selector: {matchLabels: ${labels}}, ${template}}}`,
  ].join('\n---\n');
}

const quantity = fc.constantFrom('100m', '1', '2Gi');

/** The differences in one cluster, by meaning or as a patch: everything that every engine supports. */
const override = fc.record(
  {
    images: fc.constant({ a: 'a:2' }),
    labels: fc.dictionary(fc.constantFrom('version', 'example.com/team'), label, { minKeys: 1 }),
    env: fc.record({ a: fc.dictionary(fc.constantFrom('REGION', 'MODE'), label, { minKeys: 1 }) }),
    args: fc.record({ a: fc.array(label, { maxLength: 2 }) }),
    resources: fc.record({ a: fc.record({ requests: fc.record({ cpu: quantity }) }) }),
    replicas: fc.integer({ min: 0, max: 9 }),
    patches: fc.constantFrom(
      [{ op: 'add', path: '/spec/minReadySeconds', value: 5 }],
      [{ path: '/spec/minReadySeconds', value: 5 }],
      [{ op: 'remove', path: '/spec/template/spec/terminationGracePeriodSeconds' }],
    ),
  },
  { requiredKeys: ['patches'] },
);

function workload(name: string, clusters: readonly string[]): fc.Arbitrary<WorkloadData> {
  const where = fc.oneof(fc.constant('all' as const), fc.subarray([...clusters], { minLength: 1 }));
  return fc
    .record({
      namespace: fc.constantFrom('sample', 'shop'),
      delivery: fc.constantFrom('federated', 'direct'),
      placement: where,
      clients: where,
      overridden: fc.subarray([...clusters]),
      override,
    })
    .map(({ override: differing, overridden, ...rest }) => ({
      name,
      manifests: [`${name}.yaml`],
      ...rest,
      ...(rest.delivery === 'federated' && overridden.length > 0
        ? {
            overrides: Object.fromEntries(
              overridden.map((cluster) => [cluster, [{ resource: `Deployment/w-${name}`, ...differing }]]),
            ),
          }
        : {}),
    }));
}

/** Valid declarations: two to five clusters, up to four workloads, both dialects. */
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
