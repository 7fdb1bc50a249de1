import type { Mapping } from '../../../domain/json/mapping.ts';
import type { Patch } from '../../../domain/json/patch.ts';
import { changedPullPolicy } from '../../../domain/kubernetes/pull-policies.ts';
import { applyOverride } from '../../../domain/overrides/explicit-patches.ts';

/** An entry of `overriders.plaintext`. Its `replace` asks for what is there, as RFC 6902 says. */
export interface PlaintextOverride {
  readonly path: string;
  readonly operator: 'add' | 'remove' | 'replace';
  readonly value?: unknown;
}

/**
 * Overrides in Karmada's words. Its library is strict (json-patch v5 in v1.18.2 pkg/util/overridemanager). Karmada patches
 * what its API server has filled in already, so a pull policy that follows from the image has to be said with another image
 * (seen). Throws where an override does not apply: rules have refused these.
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
