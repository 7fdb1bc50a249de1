import { isMapping, type Mapping } from '../../domain/mapping.ts';
import { podSpecPaths } from '../../domain/pod-specs.ts';
import { runningPodsOf, selects, spreadServiceOf } from '../../domain/service-backends.ts';
import type { Finding } from '../finding.ts';
import { clustersOf, type Manifest, type Subject } from '../subject.ts';
import type { Path } from '../yaml-source.ts';

/** Labels of nodes that are part of a locality, of today and of before Kubernetes 1.17. */
const localityKeys = ['region', 'zone'].flatMap((part) => [
  `topology.kubernetes.io/${part}`,
  `failure-domain.beta.kubernetes.io/${part}`,
]);
/** By this label of a pod istiod knows its locality, before it looks at the node (1.31.0 pkg/model/proxy.go). */
const localityLabel = 'istio-locality';

/** A place of a pod spec that spreads its pods over localities. */
interface Spread {
  readonly manifest: Manifest;
  readonly at: Path;
  readonly key: string;
}

// istiod lists a gateway once for each locality of the pods behind it, and Envoy keeps the first entry of an address: the
// weight of the other zones is lost (istio/istio 56355, open; seen on 1.30.4 and 1.31.0: test/e2e/suites/hazards).
function podsSpanZones(subject: Subject): readonly Finding[] {
  const selectors = selectorsOf(subject);
  return subject.manifests
    .filter((manifest) => isCalled(manifest, selectors.get(namespaceOf(subject, manifest)) ?? []))
    .filter((manifest) => isCalledFromElsewhere(subject, manifest) && !hasOneLocality(subject, manifest))
    .flatMap(spreadsOf)
    .map(({ manifest: { workload, entry, raw }, at, key }) => ({
      path: ['workloads', workload, 'manifests', entry],
      at: raw.document.locate([...raw.path, ...at]),
      got: key,
      expected:
        'pods of one locality in each cluster: calls from other networks are shared out as if only those of one zone were there (istio/istio 56355)',
      fix: `give the pods of each cluster one locality by overrides, such as labels: {${localityLabel}: cn-beijing-6}, or let them run in one zone`,
    }));
}

/** Whether clusters of several networks know its Services: those with `clients`, and those where it runs. */
function isCalledFromElsewhere(subject: Subject, { workload }: Manifest): boolean {
  const { placement = 'all', clients = 'all' } = subject.declaration.workloads?.[workload] ?? {};
  const isNamed = (name: string | undefined): boolean =>
    [placement, clients].some((names) => names === 'all' || names.some((one) => one === name));
  const known = clustersOf(subject).filter(({ cluster }) => isNamed(cluster.name));
  return new Set(known.map(({ cluster }) => cluster.network)).size > 1;
}

// A label of the template would be the same in every cluster, and its region with it.
function hasOneLocality(subject: Subject, { workload, kind, name }: Manifest): boolean {
  const { placement = 'all', overrides = {} } = subject.declaration.workloads?.[workload] ?? {};
  const places = placement === 'all' ? clustersOf(subject).map(({ cluster }) => cluster.name) : placement;
  return places.every((place) =>
    (overrides[place ?? ''] ?? []).some((override) => {
      const isOfIt = override?.resource === `${kind}/${name}`;
      return isOfIt && isLocality(override.labels?.[localityLabel]);
    }),
  );
}

const isLocality = (label: unknown): boolean => typeof label === 'string' && label !== '';

function namespaceOf({ declaration }: Subject, { namespace, workload }: Manifest): string {
  return namespace ?? declaration.workloads?.[workload]?.namespace ?? '';
}

/** The selectors of Services by namespace. */
function selectorsOf(subject: Subject): ReadonlyMap<string, readonly Mapping[]> {
  const byNamespace = new Map<string, Mapping[]>();
  for (const manifest of subject.manifests) {
    const selector = spreadServiceOf(manifest.object)?.selector;
    if (selector === undefined) continue;
    const namespace = namespaceOf(subject, manifest);
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), selector]);
  }
  return byNamespace;
}

function isCalled({ object }: Manifest, selectors: readonly Mapping[]): boolean {
  const pods = runningPodsOf(object);
  if (pods === null || isLocality(pods.labels[localityLabel])) return false;
  return selectors.some((selector) => selects(selector, pods.labels));
}

function spreadsOf(manifest: Manifest): readonly Spread[] {
  const path = podSpecPaths.find(({ kinds }) => kinds.includes(manifest.kind))?.path ?? [];
  const podSpec = path.reduce<unknown>((node, key) => (isMapping(node) ? node[key] : undefined), manifest.object);
  if (!isMapping(podSpec)) return [];
  return termsOf(podSpec).flatMap(({ term, at }) =>
    isMapping(term) && typeof term.topologyKey === 'string' && localityKeys.includes(term.topologyKey)
      ? [{ manifest, at: [...path, ...at, 'topologyKey'], key: term.topologyKey }]
      : [],
  );
}

function termsOf({ topologySpreadConstraints, affinity }: Mapping): readonly { term: unknown; at: Path }[] {
  const apart = isMapping(affinity) && isMapping(affinity.podAntiAffinity) ? affinity.podAntiAffinity : {};
  const list = (value: unknown, at: Path) =>
    (Array.isArray(value) ? value : []).map((term: unknown, index) => ({ term, at: [...at, index] }));
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
  return [
    ...list(topologySpreadConstraints, ['topologySpreadConstraints']),
    ...list(apart[required], ['affinity', 'podAntiAffinity', required]),
    ...list(apart[preferred], ['affinity', 'podAntiAffinity', preferred]).map(({ term, at }) => ({
      term: isMapping(term) ? term.podAffinityTerm : undefined,
      at: [...at, 'podAffinityTerm'],
    })),
  ];
}

/** Where the zones of pods change who answers. */
export const zoneWarnings = { podsSpanZones };
