import { isMapping, type Mapping } from '../../../domain/json/mapping.ts';
import { type Patch, type PatchResult, WorkingCopy } from '../../../domain/json/patch.ts';
import { valueAt } from '../../../domain/json/path.ts';
import { parseJsonPointer } from '../../../domain/json/pointer.ts';

// With KubeFed's library `replace` can create a missing leaf of an existing object (json-patch 4.5.0 to 4.12.0).
function lenient(document: Mapping, patch: Patch): Patch {
  const { op = 'replace', path } = patch;
  const parent = valueAt(document, (parseJsonPointer(path) ?? []).slice(0, -1));
  return op === 'replace' && isMapping(parent) ? { ...patch, op: 'add' } : patch;
}

/** Applies entries of `clusterOverrides` in order, like KubeFed's controller. The document is not changed. */
export function applyClusterOverrides(document: Mapping, overrides: readonly Patch[]): PatchResult {
  const copy = new WorkingCopy(document);
  for (const [index, override] of overrides.entries()) {
    if (!copy.apply(lenient(copy.document, override))) return { kind: 'failed', index };
  }
  return { kind: 'applied', document: copy.document };
}
