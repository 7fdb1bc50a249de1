import fc from 'fast-check';

/** A declaration as plain data. */
export type DeclarationData = Readonly<Record<string, unknown>> & {
  readonly clusters: readonly ClusterData[];
  readonly workloads: readonly WorkloadData[];
};

interface ClusterData {
  readonly name: string;
  readonly role: string;
  readonly network: string;
}

interface WorkloadData {
  readonly name: string;
  readonly manifests: readonly string[];
}

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
const reserved = ['effective', 'docs', 'argocd', 'flux', 'lib', 'federation', 'namespaces', 'kustomization'];
const ownName = label.filter((name) => !reserved.includes(name));
const address = fc.ipV4();
const maybe = <T>(value: fc.Arbitrary<T>, key: string): fc.Arbitrary<Record<string, T>> =>
  fc.oneof(
    fc.constant<Record<string, T>>({}),
    value.map((v) => ({ [key]: v })),
  );

const gateway = (port: number): fc.Arbitrary<object> =>
  fc
    .record({ port: fc.constant(port), more: maybe(address, 'address') })
    .map(({ more, ...rest }) => ({ ...rest, ...more }));

function cluster(name: string, index: number, port: number): fc.Arbitrary<ClusterData> {
  return fc
    .record({
      network: fc.constantFrom('network1', 'network2', 'network3', 'network4'),
      gateway: gateway(port),
      context: maybe(
        fc.constantFrom(`context-${index}`, `arn:aws:eks:x:${index}:cluster/a b`, `it's "${index}" @home`),
        'kubeContext',
      ),
      istio: maybe(fc.constant(`cluster-${index}-of-istio`), 'istioCluster'),
      engine: maybe(fc.constant(`cluster-${index}.example`), 'federationCluster'),
    })
    .map(({ network, gateway: declared, context, istio, engine }) => ({
      name,
      role: index === 0 ? 'host' : 'member',
      network,
      gateway: declared,
      ...context,
      ...istio,
      ...engine,
    }));
}

/** The manifest of a workload, as text: a Service and a Deployment with names that no other workload has. */
export function manifestOf(name: string): string {
  const metadata = `metadata: {name: w-${name}, labels: {app: ${JSON.stringify(name)}}}`;
  return [
    `{apiVersion: v1, kind: Service, ${metadata}, spec: {clusterIP: None, ports: [{name: http, port: 80, protocol: TCP}]}}`,
    `{apiVersion: apps/v1, kind: Deployment, ${metadata}, spec: {replicas: 1, template: {spec: {containers: [{name: a, image: "a:1"}]}}}}`,
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

/** Declarations that are right: two to five clusters, up to four workloads. */
export const declarations: fc.Arbitrary<DeclarationData> = fc
  .record({
    name: ownName,
    clusterNames: fc.uniqueArray(ownName, { minLength: 2, maxLength: 5 }),
    workloadNames: fc.uniqueArray(ownName, { maxLength: 4 }),
    port: fc.constantFrom(443, 15443),
    cacerts: fc.constantFrom('existing', 'federated-secret'),
    patch: fc.integer({ min: 0, max: 8 }),
  })
  .chain(({ name, clusterNames, workloadNames, port, cacerts, patch }) =>
    fc.record({
      name: fc.constant(name),
      istio: fc.constant({ version: `1.7.${patch}` }),
      federation: fc.constant({ engine: 'kubefed', version: '0.4.1' }),
      clusters: fc.tuple(...clusterNames.map((cluster_, index) => cluster(cluster_, index, port))),
      trust: fc.constant({ cacerts }),
      workloads: fc.tuple(...workloadNames.map((workload_) => workload(workload_, clusterNames))),
    }),
  );
