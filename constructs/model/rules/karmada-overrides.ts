import { isMapping } from '../../domain/json/mapping.ts';
import type { Finding } from '../problems/finding.ts';
import { type Evidence, engineOf } from './evidence.ts';
import { type Patch, patchesOf } from './overrides/declared-patches.ts';
import { overridesOf, targetOf } from './overrides/overrides.ts';

interface Misfit {
  readonly kind: string;
  readonly path: string;
  /** Whether the value clashes with what is filled in for an object of this spec. */
  readonly clashes: (spec: Readonly<Record<string, unknown>>, value: unknown) => boolean;
  readonly expected: string;
  readonly fix: string;
}

// Karmada patches an object as its API server has stored it, every default filled in (v1.18.2, seen: the cluster refuses
// what comes of these).
const misfits: readonly Misfit[] = [
  {
    kind: 'Deployment',
    path: '/spec/strategy/type',
    clashes: (_, value) => value === 'Recreate',
    expected: 'the whole strategy: rollingUpdate is filled in beside the type before Karmada patches it',
    fix: 'patch /spec/strategy with {type: Recreate}',
  },
  {
    kind: 'Service',
    path: '/spec/type',
    clashes: ({ type }, value) => value === 'ClusterIP' && (type === 'LoadBalancer' || type === 'NodePort'),
    expected: 'a type that keeps the node ports, which are given out before Karmada patches the Service',
    fix: 'write type: ClusterIP in the manifest, and override it where it is another',
  },
  {
    kind: 'Service',
    path: '/spec/clusterIP',
    clashes: () => true,
    expected: 'no other clusterIP: clusterIPs is filled in beside it before Karmada patches the Service',
    fix: 'write it in the manifest, or use a Service of another name',
  },
];

function findMisfit({ patch, resource }: Patch, spec: unknown): Misfit | undefined {
  const value = 'value' in patch ? patch.value : undefined;
  return misfits.find(
    ({ kind, path, clashes }) =>
      resource?.startsWith(`${kind}/`) && patch.path === path && clashes(isMapping(spec) ? spec : {}, value),
  );
}

function overrideFitsWhatKarmadaFillsIn(evidence: Evidence): readonly Finding[] {
  if (engineOf(evidence)?.name !== 'karmada') return [];
  const specs = new Map(
    overridesOf(evidence).map((override) => [JSON.stringify(override.path), targetOf(evidence, override)?.object.spec]),
  );
  return patchesOf(evidence).flatMap((patch) => {
    // Where an override stands: workloads, its position, overrides, the cluster, the position.
    const misfit = findMisfit(patch, specs.get(JSON.stringify(patch.path.slice(0, 5))));
    if (misfit === undefined) return [];
    const { expected, fix } = misfit;
    return [{ path: patch.isOwn ? [...patch.path, 'path'] : patch.path, got: patch.patch.path, expected, fix }];
  });
}

/** Rules about overrides that Karmada could not apply. */
export const karmadaOverrideRules = { overrideFitsWhatKarmadaFillsIn };
