import { parseJsonPointer } from '../json/pointer.ts';

/** The reason why a path must not be overridden, in words for a reader. */
export interface PathRefusal {
  readonly expected: string;
  readonly fix: string;
}

// With another apiVersion, or with `items`, which kubectl expands, the object is no longer the one that was checked.
const outside = new Set(['apiVersion', 'kind', 'items', 'status']);
const identity = new Set(['name', 'namespace', 'generateName']);

/**
 * The reason why a path must not be overridden, or null if it may be.
 *
 * KubeFed compares its four forbidden paths literally. `/metadata` as a whole and a path without a leading slash
 * therefore slip through and move the object to another namespace. Finalizers set by an override are never removed
 * again (KubeFed v0.4.1 pkg/controller/util/overrides.go; seen on v0.10.0). We refuse all of these paths with every
 * engine.
 *
 * @param negativeIndex the effect of an index below 0
 */
export function refusePath(path: string, negativeIndex: string): PathRefusal | null {
  const segments = parseJsonPointer(path);
  if (segments === null || segments.length === 0)
    return {
      expected: 'a JSON pointer (RFC 6901) that begins with "/", with "~" written ~0 and "/" inside a key written ~1',
      fix: fixPointer(path),
    };
  if (segments.includes('')) return { expected: 'no empty segment', fix: 'remove the doubled or trailing slash' };
  if (segments.some((segment) => /^-\d+$/.test(segment)))
    return { expected: 'an array index of 0 or more, or - to append', fix: `count from the start: ${negativeIndex}` };
  return refuseIdentity(segments);
}

function fixPointer(path: string): string {
  if (path === '') return 'name the field to change';
  return path.startsWith('/') ? 'escape the key' : 'begin it with "/"';
}

function refuseIdentity([first, second]: readonly string[]): PathRefusal | null {
  const fix = 'remove the override, or use a separate workload';
  if (first !== undefined && outside.has(first)) return { expected: `a path outside /${first}`, fix };
  if (first !== 'metadata') return null;
  if (second === undefined) return { expected: 'a path below /metadata', fix: 'override a single label or annotation' };
  if (identity.has(second)) return { expected: 'a path that keeps the name, namespace and kind', fix };
  if (second === 'finalizers') return { expected: 'no finalizers: they outlive the override', fix };
  return null;
}
