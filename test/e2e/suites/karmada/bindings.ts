import type { Cluster } from '../../environment.ts';
import { groupOf, type KubeObject } from '../../kubernetes/documents.ts';
import { get } from '../../kubernetes/kubectl.ts';
import { until } from '../../machine/wait.ts';

/** An object of a federation's API server, and the exact set of members that should have it. */
export interface Placement {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly clusters: readonly string[];
}

/** Karmada's record of one object: its destinations, and the places where it exists. */
export interface Binding {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly generation: number };
  readonly spec: { readonly clusters?: readonly { readonly name: string }[] };
  readonly status?: {
    readonly schedulerObservedGeneration?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly aggregatedStatus?: readonly {
      readonly clusterName: string;
      readonly applied?: boolean;
      readonly appliedMessage?: string;
    }[];
  };
}

type Policy = KubeObject & {
  readonly spec: {
    readonly resourceSelectors: readonly Omit<Placement, 'clusters'>[];
    readonly placement: { readonly clusterAffinity: { readonly clusterNames: readonly string[] } };
  };
};

/** The destinations that the policies among objects define. */
export function placementsIn(objects: readonly KubeObject[]): Placement[] {
  const isOurs = (one: KubeObject) => groupOf(one) === 'policy.karmada.io' && /PropagationPolicy$/.test(one.kind);
  return (objects.filter(isOurs) as Policy[]).flatMap(({ spec }) =>
    spec.resourceSelectors.map((one) => ({ ...one, clusters: spec.placement.clusterAffinity.clusterNames })),
  );
}

/** Waits until Karmada reports that each of these objects is exactly where it should be. */
export async function everywhere(federation: Cluster, placements: readonly Placement[]): Promise<void> {
  await until(`${placements.length} objects are where their policies send them`, 60, async () => {
    const bindings = await bindingsOf(federation);
    const waiting = placements.flatMap((one) => {
      const binding = bindings.get(bindingOf(one));
      return binding !== undefined && isIn(binding, one.clusters) ? [] : [[bindingOf(one), binding?.status]];
    });
    if (waiting.length === 0) return true;
    throw new Error(`not there: ${JSON.stringify(waiting)}`);
  });
}

/**
 * Whether exactly these clusters have an object. "Fully applied" alone is not enough: a cluster that lacks the object's
 * kind is left out of the binding, and the rest is complete.
 */
function isIn({ metadata, spec, status }: Binding, clusters: readonly string[]): boolean {
  const isScheduled = status?.schedulerObservedGeneration === metadata.generation;
  const having = status?.aggregatedStatus?.filter((one) => one.applied).map((one) => one.clusterName) ?? [];
  const expected = [...clusters].sort().join();
  const places = [(spec.clusters ?? []).map((one) => one.name), having];
  return isScheduled && isFullyApplied(status) && places.every((one) => [...one].sort().join() === expected);
}

/** Whether Karmada reports that an object exists at all its destinations. */
export function isFullyApplied(status: Binding['status']): boolean {
  return status?.conditions?.some((one) => one.type === 'FullyApplied' && one.status === 'True') === true;
}

/** Karmada's name for the binding of an object, with its namespace in front. */
export function bindingOf({ kind, name, namespace = '' }: Omit<Placement, 'clusters'>): string {
  return `${namespace}/${name.replaceAll(':', '.')}-${kind}`.toLowerCase();
}

/** All bindings by name, with their namespaces in front. */
export async function bindingsOf(federation: Cluster): Promise<ReadonlyMap<string, Binding>> {
  const words = ['resourcebindings,clusterresourcebindings', '--all-namespaces'];
  const { items } = await get<{ items: Binding[] }>(federation, words);
  return new Map(items.map((one) => [`${one.metadata.namespace ?? ''}/${one.metadata.name}`, one]));
}

type Definition = KubeObject & {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
};

interface Member {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly apiEnablements?: readonly { groupVersion: string; resources: readonly { kind: string }[] }[];
  };
}

/**
 * Waits until Karmada knows that all members serve these kinds. It never checks again for an object that it has placed.
 */
export async function membersServe(federation: Cluster, definitions: readonly KubeObject[]): Promise<void> {
  const kinds = (definitions as Definition[]).flatMap(({ spec: { group, names, versions } }) =>
    versions.filter((one) => one.served).map((one) => ({ groupVersion: `${group}/${one.name}`, kind: names.kind })),
  );
  await until(`Karmada knows that its members serve ${kinds.map((one) => one.kind).join(', ')}`, 60, async () => {
    const { items } = await get<{ items: Member[] }>(federation, ['clusters.cluster.karmada.io']);
    const lacking = items.filter(({ status }) => !kinds.every((kind) => isServed(kind, status)));
    if (items.length > 0 && lacking.length === 0) return true;
    throw new Error(`not by ${lacking.map((one) => one.metadata.name).join(', ')}`);
  });
}

function isServed({ groupVersion, kind }: { groupVersion: string; kind: string }, status: Member['status']): boolean {
  const enabled = status?.apiEnablements?.filter((one) => one.groupVersion === groupVersion) ?? [];
  return enabled.some((one) => one.resources.some((resource) => resource.kind === kind));
}
