/** A ConfigMap as written. */
export const configMap = { apiVersion: 'v1', kind: 'ConfigMap', data: { greeting: 'hello' } };

const pod = {
  metadata: { labels: { app: 'refused' } },
  spec: { containers: [{ name: 'main', image: 'registry.example/main:1' }] },
};

/** A Deployment as written. */
export const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  spec: { replicas: 1, selector: { matchLabels: { app: 'refused' } }, template: pod },
};

/** A Job as written, which removes itself. */
export const job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  spec: { ttlSecondsAfterFinished: 60, template: { spec: { ...pod.spec, restartPolicy: 'Never' } } },
};

/** A Service as written. */
export function service(type: 'ClusterIP' | 'LoadBalancer') {
  const ports = [{ name: 'http', port: 81, protocol: 'TCP' }];
  return { apiVersion: 'v1', kind: 'Service', spec: { type, selector: { app: 'refused' }, ports } };
}

/** An object of a kind that one cluster lacks. */
export const gadget = { apiVersion: 'example.org/v1', kind: 'Gadget' };

/** The definition of that kind. */
export const lackingKind = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'gadgets.example.org' },
  spec: {
    group: 'example.org',
    names: { kind: gadget.kind, plural: 'gadgets' },
    scope: 'Namespaced',
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
};
