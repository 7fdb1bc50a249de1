import type { Cluster } from '../../environment.ts';
import { kubectl } from '../../kubernetes/kubectl.ts';

/** What comes and goes in a cluster without anybody's doing, each with its reason. */
const RESTLESS: readonly RegExp[] = [
  // What happened, for an hour.
  /^events(\.events\.k8s\.io)?$/,
  // Written by Kubernetes for Services, under names that it makes.
  /^endpoints$/,
  /^endpointslices\.discovery\.k8s\.io$/,
  // Written by Kubernetes for the addresses of Services.
  /^ipaddresses\.networking\.k8s\.io$/,
  // The state of servers that are no objects.
  /^componentstatuses$/,
];

/** Every object that an API server lists, but for those of `RESTLESS`: its kind, namespace and name, sorted. */
export async function everythingIn(cluster: Cluster): Promise<string[]> {
  const names = await kubectl(cluster, ['api-resources', '--verbs=list', '--output=name']);
  const types = names
    .trim()
    .split('\n')
    .filter((name) => !RESTLESS.some((one) => one.test(name)));
  const line = '{{.apiVersion}} {{.kind}} {{.metadata.namespace}}/{{.metadata.name}}';
  const template = `--output=go-template={{range .items}}${line}{{"\\n"}}{{end}}`;
  const text = await kubectl(cluster, ['get', types.join(','), '--all-namespaces', template]);
  // Several versions of a group may list the same object.
  return [...new Set(text.trim().split('\n'))].sort();
}
