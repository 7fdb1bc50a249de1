import fastJsonPatch, { type Operation } from 'fast-json-patch';
import { copyOf, type JsonMap, textAt, valueAt } from '../api/object.ts';

/** An object with patches of JSON, `replace` as an `add` as engines do it; null if a patch cannot be applied. */
export function patched(object: JsonMap, operations: readonly unknown[]): JsonMap | null {
  const all = operations.map((one) => {
    const op = textAt(one, 'op') || textAt(one, 'operator') || 'replace';
    return { op: op === 'replace' ? 'add' : op, path: textAt(one, 'path'), value: valueAt(one, 'value') } as Operation;
  });
  try {
    return fastJsonPatch.applyPatch(copyOf(object), all, true, true).newDocument;
  } catch {
    return null;
  }
}
