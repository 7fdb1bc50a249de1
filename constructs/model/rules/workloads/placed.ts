import { groupBy } from '../../../domain/group-by.ts';
import type { Mapping } from '../../../domain/json/mapping.ts';
import { applyOverride } from '../../../domain/overrides/explicit-patches.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { clusterNamesOf, type Evidence } from '../evidence.ts';
import { soundPatchesOf } from '../overrides/override-patches.ts';
import { type Override, overridesOf, targetOf } from '../overrides/overrides.ts';

/** An object, the clusters that get it, and what it becomes there. */
export interface Placed {
  readonly manifest: Manifest;
  readonly clusters: readonly string[];
  readonly objectIn: (cluster: string) => Mapping;
}

/** Says where the manifests of a declaration are placed. */
export function makePlacer(evidence: Evidence): (manifest: Manifest) => Placed {
  const overrides = groupBy(overridesOf(evidence), (override) => targetOf(evidence, override));
  const known = clusterNamesOf(evidence);
  return (manifest) => {
    const { placement = 'all', clients = 'all' } = evidence.declaration.workloads?.[manifest.workload] ?? {};
    const names = manifest.kind === 'Service' ? clients : placement;
    const own = groupBy(overrides.get(manifest) ?? [], ({ cluster }) => cluster);
    return {
      manifest,
      clusters: known.filter((cluster) => names === 'all' || names.includes(cluster)),
      objectIn: (cluster) =>
        (own.get(cluster) ?? []).reduce(
          (object, override) => overridden(evidence, manifest, object, override),
          manifest.object,
        ),
    };
  };
}

// A patch that cannot be applied is the mistake of another rule.
function overridden(evidence: Evidence, manifest: Manifest, object: Mapping, override: Override): Mapping {
  const patches = soundPatchesOf(evidence, override, manifest).map(({ patch }) => patch);
  const result = applyOverride(object, patches);
  return result.kind === 'failed' ? object : result.document;
}
