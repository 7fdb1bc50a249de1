import { isMapping } from '../../../domain/json/mapping.ts';
import type { Finding } from '../../../model/problems/finding.ts';
import type { Evidence } from '../../../model/rules/evidence.ts';
import { forObjects } from '../../../model/rules/manifests/for-objects.ts';
import { type DeclaredPatch, patchesOf, placeIn } from '../../../model/rules/overrides/declared-patches.ts';
import { overridesOf, targetOf } from '../../../model/rules/overrides/overrides.ts';

interface Misfit {
  readonly kind: string;
  readonly path: string;
  /** Whether the value conflicts with the defaults that are filled in for an object with this spec. */
  readonly clashes: (spec: Readonly<Record<string, unknown>>, value: unknown) => boolean;
  readonly expected: string;
  readonly fix: string;
}

// Karmada patches an object as stored by its API server, with every default filled in. The cluster refuses the results
// of these patches (v1.18.2, seen).
const misfits: readonly Misfit[] = [
  {
    kind: 'Deployment',
    path: '/spec/strategy/type',
    clashes: (_, value) => value === 'Recreate',
    expected: 'the whole strategy: rollingUpdate is filled in before Karmada patches the type',
    fix: 'patch /spec/strategy with {type: Recreate}',
  },
  {
    kind: 'Service',
    path: '/spec/type',
    clashes: ({ type }, value) => value === 'ClusterIP' && (type === 'LoadBalancer' || type === 'NodePort'),
    expected: 'a type that keeps the node ports: they are allocated before Karmada patches the Service',
    fix: 'write type: ClusterIP in the manifest, and override it in the clusters that need another type',
  },
  {
    kind: 'Service',
    path: '/spec/clusterIP',
    clashes: () => true,
    expected: 'no override of clusterIP: clusterIPs is filled in before Karmada patches the Service',
    fix: 'write it in the manifest, or use a Service with another name',
  },
];

function findMisfit({ patch, resource }: DeclaredPatch, spec: unknown): Misfit | undefined {
  const value = 'value' in patch ? patch.value : undefined;
  return misfits.find(
    ({ kind, path, clashes }) =>
      resource?.startsWith(`${kind}/`) && patch.path === path && clashes(isMapping(spec) ? spec : {}, value),
  );
}

function overrideFitsWhatKarmadaFillsIn(evidence: Evidence): readonly Finding[] {
  const specs = new Map(
    overridesOf(evidence).map((override) => [JSON.stringify(override.path), targetOf(evidence, override)?.object.spec]),
  );
  return patchesOf(evidence).flatMap((patch) => {
    // The path of an override: workloads, its position, overrides, the cluster, the position.
    const misfit = findMisfit(patch, specs.get(JSON.stringify(patch.path.slice(0, 5))));
    if (misfit === undefined) return [];
    const { expected, fix } = misfit;
    return [{ path: placeIn(patch, 'path'), got: patch.patch.path, expected, fix }];
  });
}

// Otherwise an expired Job would be created again (v1.18.2, seen).
function jobLosesItsTimeToLive(evidence: Evidence): readonly Finding[] {
  return forObjects(evidence, ({ group, kind, object }, delivery) => {
    const spec = isMapping(object.spec) ? object.spec : {};
    if (delivery !== 'federated' || group !== 'batch' || kind !== 'Job' || !('ttlSecondsAfterFinished' in spec))
      return null;
    return {
      at: ['spec', 'ttlSecondsAfterFinished'],
      got: spec.ttlSecondsAfterFinished,
      expected: 'a Job that may stay: Karmada removes its ttlSecondsAfterFinished',
      fix: 'remove it, or use delivery: direct',
    };
  });
}

/** Rules about objects that Karmada cannot apply. */
export const errorRules = { overrideFitsWhatKarmadaFillsIn };

/** Rules about objects that work with Karmada but will cause trouble. */
export const warningRules = { jobLosesItsTimeToLive };
