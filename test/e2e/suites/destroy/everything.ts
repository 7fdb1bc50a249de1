import type { Cluster } from '../../environment.ts';
import { kubectl } from '../../kubernetes/kubectl.ts';

/** Objects that come and go in a cluster by themselves, each with its reason. */
const RESTLESS: readonly RegExp[] = [
  // Records of the last hour.
  /^events(\.events\.k8s\.io)?$/,
  // Kubernetes writes them for Services, under generated names.
  /^endpoints$/,
  /^endpointslices\.discovery\.k8s\.io$/,
  // Kubernetes writes them for the addresses of Services.
  /^ipaddresses\.networking\.k8s\.io$/,
  // The state of servers, which are not objects.
  /^componentstatuses$/,
];

/** Every object that an API server lists, except those of `RESTLESS`: its kind, namespace and name, sorted. */
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
