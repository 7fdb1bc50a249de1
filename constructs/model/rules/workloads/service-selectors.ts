import { groupBy } from '../../../domain/group-by.ts';
import { configuresTheMesh } from '../../../domain/istio/configuration-kinds.ts';
import { isMapping, type Mapping } from '../../../domain/json/mapping.ts';
import { valueAt } from '../../../domain/json/path.ts';
import { versionsOfKind } from '../../../domain/kubernetes/built-in-kinds.ts';
import { isDefinition } from '../../../domain/kubernetes/custom-kinds.ts';
import { podLabelsOf } from '../../../domain/kubernetes/pod-specs.ts';
import { selects } from '../../../domain/kubernetes/service-backends.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { Finding } from '../../problems/finding.ts';
import { flow } from '../../problems/flow.ts';
import { didYouMean } from '../../problems/suggestion.ts';
import type { Evidence } from '../evidence.ts';
import { makePlacer, type Placed } from './placed.ts';

/** The selector of a Service that sends calls to pods. Null for headless Services, which often list pods of others. */
function selectorOf({ apiVersion, kind, spec }: Mapping): Mapping | null {
  if (apiVersion !== 'v1' || kind !== 'Service' || !isMapping(spec)) return null;
  const { selector, type, clusterIP } = spec;
  const isPlain = type !== 'ExternalName' && clusterIP !== 'None';
  return isPlain && isMapping(selector) && Object.keys(selector).length > 0 ? selector : null;
}

// Pods of another kind may come from a controller that only its users know, such as a Rollout or a Gateway.
function mayMakePods({ apiVersion, group, kind }: Manifest): boolean {
  return !versionsOfKind(kind).includes(apiVersion) && !configuresTheMesh(group);
}

function namespaceOf({ declaration }: Evidence, { workload }: Manifest): string {
  return declaration.workloads?.[workload]?.namespace ?? '';
}

function serviceSelectsNoPods(evidence: Evidence): readonly Finding[] {
  const { manifests } = evidence;
  const services = manifests.filter(({ object }) => selectorOf(object) !== null);
  if (services.length === 0) return [];
  const place = makePlacer(evidence);
  const makers = groupBy(
    manifests.filter(({ object }) => podLabelsOf(object) !== null),
    (manifest) => namespaceOf(evidence, manifest),
  );
  const unknown = manifests.filter((manifest) => mayMakePods(manifest) && !isDefinition(manifest));
  return services.flatMap((service) => {
    const namespace = namespaceOf(evidence, service);
    const isHere = (one: Manifest): boolean => !one.isNamespaced || namespaceOf(evidence, one) === namespace;
    if (unknown.some(isHere)) return [];
    const near = (makers.get(namespace) ?? []).map(place);
    const words = judge(place(service), near, namespace);
    if (words === null) return [];
    const { workload, entry, raw, object } = service;
    const at = raw.document.locate([...raw.path, 'spec', 'selector']);
    return [{ path: ['workloads', workload, 'manifests', entry], at, got: selectorOf(object), ...words }];
  });
}

type Words = Pick<Finding, 'expected' | 'fix'>;

// One cluster with pods is enough: a Service of one version may have pods in one cluster only.
function judge(service: Placed, makers: readonly Placed[], namespace: string): Words | null {
  const asWritten = ({ manifest }: Placed): Mapping => manifest.object;
  const selectedBy = (objectOf: (one: Placed) => Mapping): readonly Placed[] => {
    const selector = selectorOf(objectOf(service));
    return selector === null ? [] : makers.filter((maker) => selects(selector, podLabelsOf(objectOf(maker)) ?? {}));
  };
  const isIn = (cluster: string, found: readonly Placed[]): boolean =>
    found.some(({ clusters }) => clusters.includes(cluster));
  const inCluster = (cluster: string): boolean =>
    isIn(
      cluster,
      selectedBy((one) => one.objectIn(cluster)),
    );
  if (service.clusters.length === 0 || service.clusters.some(inCluster)) return null;
  const [meant] = selectedBy(asWritten);
  if (meant === undefined) return ofLabels(service, makers, namespace);
  return service.clusters.some((cluster) => isIn(cluster, [meant])) ? ofOverrides : ofPlacement(service, meant);
}

const ofOverrides: Words = {
  expected: 'a selector that the pods have in some cluster: overrides change it, or their labels, in all of them',
  fix: 'leave the labels of the selector out of the overrides',
};

const ofPlacement = ({ clusters }: Placed, maker: Placed): Words => ({
  expected: `the Service where its pods run: they run in ${maker.clusters.join(', ')}, and the Service is in ${clusters.join(', ')}`,
  fix: `add ${maker.clusters.join(', ')} to clients`,
});

function ofLabels({ manifest }: Placed, makers: readonly Placed[], namespace: string): Words {
  const labels = makers.map((maker) => podLabelsOf(maker.manifest.object) ?? {});
  if (labels.length === 0)
    return {
      expected: `pods behind the Service: no workload of this declaration has pods in namespace ${namespace}`,
      fix: 'add the manifests of the pods; there is nothing to do if something else creates them',
    };
  const known = [...new Set(labels.map(flow))].slice(0, 3).join(' or ');
  return {
    expected: `labels of pods in namespace ${namespace}: ${known}`,
    fix: fixOf(selectorOf(manifest.object) ?? {}, labels),
  };
}

// The first label of the selector that no pods have.
function fixOf(selector: Mapping, labels: readonly Mapping[]): string {
  const advice = 'correct the selector, or the labels of the pods';
  const [key, value] = Object.entries(selector).find(([name, one]) => labels.every((own) => own[name] !== one)) ?? [];
  if (key === undefined) return advice;
  const values = labels.map((own) => valueAt(own, [key])).filter((own) => typeof own === 'string');
  const names = labels.flatMap((own) => Object.keys(own));
  return values.length > 0 ? didYouMean(value, values, advice) : didYouMean(key, names, advice);
}

/** Warnings about what Services select. */
export const selectorWarnings = { serviceSelectsNoPods };
