import type { GitopsContext } from '../../../delivery/gitops/entry-points.ts';
import type { InventoriedObject } from '../../../delivery/output-file.ts';
import { istioNamespace } from '../../../domain/istio/namespaces.ts';
import type { DirectoryUnit } from '../../../plan/gitops/units.ts';

/** When an object of a kind is healthy, in CEL. A field that is missing means not yet. */
interface HealthExpression {
  readonly apiVersion: string;
  readonly kind: string;
  readonly failed?: string;
  readonly current: string;
}

const has = (type: string, status: string, more = ''): string =>
  `status.conditions.exists(c, c.type == '${type}' && c.status == '${status}'${more})`;

/** By API group, for each kind of it in a directory. */
const expressions: Readonly<Record<string, (kind: string) => HealthExpression>> = {
  'sailoperator.io': (kind) => ({
    apiVersion: 'sailoperator.io/v1',
    kind,
    failed: has('Reconciled', 'False'),
    current: has('Ready', 'True'),
  }),
  'types.kubefed.io': (kind) => ({
    apiVersion: 'types.kubefed.io/v1beta1',
    kind,
    failed: has('Propagation', 'False', " && c.reason == 'ComputePlacementFailed'"),
    current: has('Propagation', 'True'),
  }),
};

// Karmada does not keep the conditions in the status of an object by which one sees that it is healthy. Its bindings say
// when an object is in all its clusters.
const bindings = {
  apiVersion: 'work.karmada.io/v1alpha2',
  kinds: ['ClusterResourceBinding', 'ResourceBinding'],
} as const;
const policyGroup = 'policy.karmada.io';

/** What Flux waits for after it has applied a directory. */
export function healthOf(context: GitopsContext, unit: DirectoryUnit): object {
  const { objects } = context.contentOf(unit);
  if (unit.wave === 'foundation' && isCluster(context, unit)) return { healthChecks: [cacerts] };
  if (objects.some(({ group }) => group === policyGroup)) return healthOfBindings(objects);
  const kinds = new Map(objects.map((object) => [`${object.group}/${object.kind}`, object]));
  const exprs = [...kinds.values()].flatMap(({ group, kind }) => expressions[group]?.(kind) ?? []);
  return { wait: true, ...(exprs.length === 0 ? {} : { healthCheckExprs: exprs }) };
}

const isCluster = ({ federation }: GitopsContext, { target }: DirectoryUnit): boolean =>
  federation.clusters.some(({ name }) => name === target.name);

/**
 * The Secret that must be there before an istiod starts, which would make a CA of its own. `wait` would wait for the
 * objects of the directory alone, and they need no waiting.
 */
const cacerts = { apiVersion: 'v1', kind: 'Secret', name: 'cacerts', namespace: istioNamespace };

function healthOfBindings(objects: readonly InventoriedObject[]): object {
  const [ofCluster, ofNamespace] = bindings.kinds;
  return {
    healthChecks: objects
      .filter(({ group }) => group !== policyGroup)
      .map(({ kind, namespace, name }) => ({
        apiVersion: bindings.apiVersion,
        kind: namespace === null ? ofCluster : ofNamespace,
        name: `${name.replaceAll(':', '.')}-${kind.toLowerCase()}`,
        ...(namespace === null ? {} : { namespace }),
      })),
    healthCheckExprs: bindings.kinds.map((kind) => ({
      apiVersion: bindings.apiVersion,
      kind,
      current: has('FullyApplied', 'True'),
    })),
  };
}
