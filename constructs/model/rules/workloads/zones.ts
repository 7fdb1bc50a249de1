import { groupBy } from '../../../domain/group-by.ts';
import { type Path, valueAt } from '../../../domain/json/path.ts';
import { podSpecPaths } from '../../../domain/kubernetes/pod-specs.ts';
import { runningPodsOf, selects, spreadServiceOf } from '../../../domain/kubernetes/service-backends.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { Finding } from '../../problems/finding.ts';
import { clustersOf, type Evidence } from '../evidence.ts';

/** Labels of nodes that are part of a locality, current and from before Kubernetes 1.17. */
const localityKeys = ['region', 'zone'].flatMap((part) => [
  `topology.kubernetes.io/${part}`,
  `failure-domain.beta.kubernetes.io/${part}`,
]);
/** istiod reads the locality of a pod from this label, and only then from the node (1.31.0 pkg/model/proxy.go). */
const localityLabel = 'istio-locality';

/** A part of a pod spec that spreads its pods over localities. */
interface Spread {
  readonly manifest: Manifest;
  readonly at: Path;
  readonly key: string;
}

// istiod lists a gateway once for each locality of the pods behind it. Envoy keeps only the first entry of an address,
// so the weight of the other zones is lost (istio/istio 56355, open; seen on 1.30.4 and 1.31.0:
// test/e2e/suites/hazards).
function podsSpanZones(evidence: Evidence): readonly Finding[] {
  const services = servicesOf(evidence);
  return evidence.manifests
    .filter((manifest) => isCalled(manifest, services.get(namespaceOf(evidence, manifest)) ?? []))
    .filter((manifest) => isCalledFromElsewhere(evidence, manifest) && !hasOneLocality(evidence, manifest))
    .flatMap(spreadsOf)
    .map(({ manifest: { workload, entry, raw }, at, key }) => ({
      path: ['workloads', workload, 'manifests', entry],
      at: raw.document.locate([...raw.path, ...at]),
      got: key,
      expected:
        'all pods of a cluster in one locality: otherwise calls from other networks are distributed as if only the pods of one zone existed (istio/istio 56355)',
      fix: `give all pods of a cluster one locality with an override, such as labels: {${localityLabel}: cn-beijing-6}, or run them in one zone`,
    }));
}

/** Whether clusters of several networks have its Services: those in `clients`, and those that run it. */
function isCalledFromElsewhere(evidence: Evidence, { workload }: Manifest): boolean {
  const { placement = 'all', clients = 'all' } = evidence.declaration.workloads?.[workload] ?? {};
  const isNamed = (name: string | undefined): boolean =>
    [placement, clients].some((names) => names === 'all' || names.some((one) => one === name));
  const known = clustersOf(evidence).filter(({ cluster }) => isNamed(cluster.name));
  return new Set(known.map(({ cluster }) => cluster.network)).size > 1;
}

// A label of the template would be the same in every cluster, and so would its region.
function hasOneLocality(evidence: Evidence, { workload, kind, name }: Manifest): boolean {
  const { placement = 'all', overrides = {} } = evidence.declaration.workloads?.[workload] ?? {};
  const places = placement === 'all' ? clustersOf(evidence).map(({ cluster }) => cluster.name) : placement;
  return places.every((place) =>
    (overrides[place ?? ''] ?? []).some((override) => {
      const isOfIt = override?.resource === `${kind}/${name}`;
      return isOfIt && isLocality(override.labels?.[localityLabel]);
    }),
  );
}

const isLocality = (label: unknown): boolean => typeof label === 'string' && label !== '';

function namespaceOf({ declaration }: Evidence, { namespace, workload }: Manifest): string {
  return namespace ?? declaration.workloads?.[workload]?.namespace ?? '';
}

/** The Services by namespace. */
function servicesOf(evidence: Evidence): ReadonlyMap<string, readonly Manifest[]> {
  const services = evidence.manifests.filter(({ object }) => spreadServiceOf(object) !== null);
  return groupBy(services, (manifest) => namespaceOf(evidence, manifest));
}

function isCalled({ object }: Manifest, services: readonly Manifest[]): boolean {
  const pods = runningPodsOf(object);
  if (pods === null || isLocality(pods.labels[localityLabel])) return false;
  return services.some((service) => selects(spreadServiceOf(service.object)?.selector ?? {}, pods.labels));
}

function spreadsOf(manifest: Manifest): readonly Spread[] {
  const path = podSpecPaths.find(({ kinds }) => kinds.includes(manifest.kind))?.path ?? [];
  const podSpec = valueAt(manifest.object, path);
  return termsOf(podSpec).flatMap((term) => {
    const at = [...path, ...term, 'topologyKey'];
    const key = valueAt(manifest.object, at);
    return typeof key === 'string' && localityKeys.includes(key) ? [{ manifest, at, key }] : [];
  });
}

/** Paths of a pod spec's terms that name a topology. */
function termsOf(podSpec: unknown): readonly Path[] {
  const listed = (path: Path, rest: Path = []): readonly Path[] => {
    const list = valueAt(podSpec, path);
    return Array.isArray(list) ? list.map((_, index) => [...path, index, ...rest]) : [];
  };
  const apart = ['affinity', 'podAntiAffinity'];
  return [
    ...listed(['topologySpreadConstraints']),
    ...listed([...apart, 'requiredDuringSchedulingIgnoredDuringExecution']),
    ...listed([...apart, 'preferredDuringSchedulingIgnoredDuringExecution'], ['podAffinityTerm']),
  ];
}

/** Warnings about zones that change the distribution of calls. */
export const zoneWarnings = { podsSpanZones };
