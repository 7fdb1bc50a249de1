import type { Mapping } from './json/mapping.ts';
import { parseJsonPointer } from './json/pointer.ts';
import { applyOverrides, type ClusterOverride } from './kubefed-overrides.ts';
import { changedPullPolicy } from './kubernetes/pull-policies.ts';

/** An entry of `overriders.plaintext`. Its `replace` asks for what is there, as RFC 6902 says. */
export interface PlaintextOverride {
  readonly path: string;
  readonly operator: 'add' | 'remove' | 'replace';
  readonly value?: unknown;
}

/**
 * Overrides in Karmada's words. KubeFed's `replace` also makes what is not there; Karmada's refuses that (json-patch v5
 * in v1.18.2 pkg/util/overridemanager), so there it becomes `add`. Karmada patches what its API server has filled in
 * already, so a pull policy that follows from the image has to be said with another image (seen). Throws where an override
 * does not apply: rules have refused these.
 */
export function toPlaintext(document: Mapping, overrides: readonly ClusterOverride[]): readonly PlaintextOverride[] {
  let current = document;
  return overrides.flatMap((override): readonly PlaintextOverride[] => {
    const { op = 'replace', path, value } = override;
    const operator = op === 'replace' && !isThere(current, path) ? 'add' : op;
    const result = applyOverrides(current, [override]);
    if (result.kind === 'failed') throw new Error(`${path}: the override does not apply`);
    current = result.document;
    if (operator === 'remove') return [{ path, operator }];
    const policy = changedPullPolicy(document, path, value);
    return [{ path, operator, value }, ...(policy === null ? [] : [{ operator: 'add' as const, ...policy }])];
  });
}

function isThere(document: unknown, path: string): boolean {
  const segments = parseJsonPointer(path) ?? [];
  const parent = segments.slice(0, -1).reduce<unknown>((node, step) => (node as Mapping | undefined)?.[step], document);
  return typeof parent === 'object' && parent !== null && Object.hasOwn(parent, segments.at(-1) ?? '');
}
