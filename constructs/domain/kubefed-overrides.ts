import fastJsonPatch, { type Operation } from 'fast-json-patch';
import { isMapping } from './json/mapping.ts';
import { parseJsonPointer } from './json/pointer.ts';

/** One entry of a Federated object's `clusterOverrides`. Without `op` KubeFed replaces. */
export interface ClusterOverride {
  readonly op?: 'add' | 'remove' | 'replace' | undefined;
  readonly path: string;
  readonly value?: unknown;
}

/** What KubeFed would say of an override's path, in words for a reader. */
export interface PathRefusal {
  readonly expected: string;
  readonly fix: string;
}

const identity = new Set(['name', 'namespace', 'generateName']);

/**
 * Why a path must not be overridden, or null where it may.
 *
 * KubeFed compares its four forbidden paths literally, so `/metadata` as a whole and a path without a leading slash
 * slip through and move the object to another namespace; finalizers set by an override are never taken back
 * (KubeFed v0.4.1 pkg/controller/util/overrides.go; seen on v0.10.0). We refuse all of these.
 */
export function refusePath(path: string): PathRefusal | null {
  const segments = parseJsonPointer(path);
  if (segments === null || segments.length === 0)
    return {
      expected: 'a JSON pointer (RFC 6901) that begins with "/", with "~" written ~0 and "/" inside a key written ~1',
      fix: fixPointer(path),
    };
  if (segments.includes('')) return { expected: 'no empty segment', fix: 'remove the doubled or trailing slash' };
  if (segments.some((segment) => /^-\d+$/.test(segment)))
    return { expected: 'an array index from 0, or - to append', fix: 'count from the start: KubeFed panics on it' };
  return refuseIdentity(segments);
}

function fixPointer(path: string): string {
  if (path === '') return 'name the field to change';
  return path.startsWith('/') ? 'escape the key' : 'begin it with "/"';
}

function refuseIdentity([first, second]: readonly string[]): PathRefusal | null {
  const fix = 'remove the override, or use a workload of its own';
  if (first === 'kind' || first === 'status') return { expected: `a path outside /${first}`, fix };
  if (first !== 'metadata') return null;
  if (second === undefined) return { expected: 'a path below /metadata', fix: 'override the one label or annotation' };
  if (identity.has(second)) return { expected: 'a path that keeps the name, namespace and kind', fix };
  if (second === 'finalizers') return { expected: 'no finalizers: they outlive the override', fix };
  return null;
}

type Json = Record<string, unknown>;

function parentOf(document: unknown, segments: readonly string[]): unknown {
  return segments
    .slice(0, -1)
    .reduce<unknown>((node, segment) => (node as Json | undefined | null)?.[segment], document);
}

// KubeFed's library lets `replace` create a missing leaf of an object that exists (json-patch 4.5.0 to 4.12.0).
function strict(document: unknown, { op = 'replace', path, value }: ClusterOverride): Operation {
  if (op === 'remove') return { op, path };
  const parent = parentOf(document, parseJsonPointer(path) ?? []);
  return { op: op === 'replace' && isMapping(parent) ? 'add' : op, path, value };
}

/** A patched copy of a document, or the position of the first override that KubeFed could not apply. */
export type OverrideResult =
  | { readonly kind: 'applied'; readonly document: Json }
  | { readonly kind: 'failed'; readonly index: number };

/** Applies overrides in order as KubeFed's controller does. The document is not changed. */
export function applyOverrides(document: Json, overrides: readonly ClusterOverride[]): OverrideResult {
  let current: Json = document;
  for (const [index, override] of overrides.entries()) {
    try {
      current = fastJsonPatch.applyPatch(current, [strict(current, override)], true, false).newDocument as Json;
    } catch {
      // The library's one way to say that a path does not resolve is to throw; the caller reports the position.
      return { kind: 'failed', index };
    }
  }
  return { kind: 'applied', document: current };
}
