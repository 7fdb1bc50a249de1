import type { Mapping } from '../../../domain/json/mapping.ts';
import type { Patch } from '../../../domain/json/patch.ts';
import { changedPullPolicy } from '../../../domain/kubernetes/pull-policies.ts';
import { applyOverride } from '../../../domain/overrides/explicit-patches.ts';

/** An entry of `overriders.plaintext`. Its `replace` requires an existing value, as in RFC 6902. */
export interface PlaintextOverride {
  readonly path: string;
  readonly operator: 'add' | 'remove' | 'replace';
  readonly value?: unknown;
}

/**
 * Overrides in Karmada's terms. Its library is strict (json-patch v5 in v1.18.2 pkg/util/overridemanager). Karmada
 * patches objects after its API server has filled in defaults, so the pull policy that follows from an image must be
 * set together with another image (seen). Throws if an override cannot be applied: rules have refused such overrides.
 */
export function toPlaintext(document: Mapping, overrides: readonly Patch[]): readonly PlaintextOverride[] {
  const result = applyOverride(document, overrides);
  if (result.kind === 'failed') throw new Error(`${overrides[result.index]?.path}: the override does not apply`);
  return result.patches.flatMap(({ op, path, value }): readonly PlaintextOverride[] => {
    if (op === 'remove') return [{ path, operator: op }];
    const policy = changedPullPolicy(document, path, value);
    return [{ path, operator: op, value }, ...(policy === null ? [] : [{ operator: 'add' as const, ...policy }])];
  });
}
