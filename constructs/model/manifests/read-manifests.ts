import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Draft } from '../declaration/check-shape.ts';
import type { Declaration } from '../declaration/declaration.ts';
import { confine, displayName, type Project, resolveInProject } from '../documents/project.ts';
import { readFile } from '../documents/read-document.ts';
import type { YamlError, YamlSource } from '../documents/yaml-source.ts';
import { expandLists, type RawManifest } from './expand-lists.ts';
import {
  type Renderer,
  rendererOfDirectory,
  rendererOfDocuments,
  rendererOfName,
  rendererOfText,
} from './unrendered.ts';

/** The outcome of reading one entry of `workloads[].manifests`. */
export type ManifestOutcome =
  | { readonly kind: 'outside' | 'without-files' }
  /** `nearby` are the names of the files and folders where it should be. */
  | { readonly kind: 'missing'; readonly nearby: readonly string[] }
  | { readonly kind: 'unrendered'; readonly renderer: Renderer; readonly path: string; readonly isFile: boolean }
  | { readonly kind: 'unreadable'; readonly got: string; readonly expected: string; readonly fix: string }
  | { readonly kind: 'invalid'; readonly error: YamlError }
  | { readonly kind: 'empty'; readonly file: string }
  | { readonly kind: 'read'; readonly manifests: readonly RawManifest[] };

/** Position of a file in a workload's `manifests`, or `constructs` for a workload written in TypeScript. */
export type ManifestEntry = number | 'constructs';

/** One outcome, with the position of its entry in the declaration. A directory has one outcome per file. */
export interface ManifestRead {
  readonly workload: number;
  readonly entry: ManifestEntry;
  readonly declared: string;
  readonly outcome: ManifestOutcome;
}

/** Reads every manifest file that the declaration names. It never throws; rules judge the outcomes. */
export function readManifests(declaration: Draft<Declaration>, project: Project): readonly ManifestRead[] {
  return (declaration.workloads ?? []).flatMap((workload, index) =>
    (workload?.manifests ?? []).flatMap((declared, entry) =>
      declared === undefined
        ? []
        : readEntry(project, declared).map((outcome) => ({ workload: index, entry, declared, outcome })),
    ),
  );
}

function readEntry(project: Project, declared: string): readonly ManifestOutcome[] {
  const path = resolveInProject(project, declared);
  if (path === 'missing') return [{ kind: 'missing', nearby: nearbyOf(project, declared) }];
  if (path === 'outside') return [{ kind: 'outside' }];
  // By code unit, so that the order is the same on every machine.
  const names = namesIn(path)?.sort() ?? null;
  if (names === null) return [readManifest(project, path)];
  const renderer = rendererOfDirectory(names);
  if (renderer !== null) return [unrendered(renderer, displayName(project, path), false)];
  const files = names.filter((name) => /\.(ya?ml|json)$/.test(name));
  const outcomes = files.map((name) => readEntryFile(project, join(path, name)));
  return outcomes.length === 0 ? [{ kind: 'without-files' }] : outcomes;
}

// Null for all but a directory that can be read.
function namesIn(path: string): string[] | null {
  try {
    return readdirSync(path);
  } catch {
    // Reading the path as a file says why.
    return null;
  }
}

function nearbyOf(project: Project, declared: string): readonly string[] {
  const folder = resolveInProject(project, dirname(declared));
  return folder === 'missing' || folder === 'outside' ? [] : (namesIn(folder) ?? []);
}

const unrendered = (renderer: Renderer, path: string, isFile: boolean): ManifestOutcome => ({
  kind: 'unrendered',
  renderer,
  path,
  isFile,
});

// A link inside a directory may lead out of the project, like any other link.
function readEntryFile(project: Project, path: string): ManifestOutcome {
  const real = confine(project, path);
  if (real === 'missing') return unreadable(displayName(project, path), 'a link that leads nowhere');
  return real === 'outside' ? { kind: real } : readManifest(project, real);
}

function readManifest(project: Project, path: string): ManifestOutcome {
  const file = displayName(project, path);
  const byName = rendererOfName(file);
  if (byName !== null) return unrendered(byName, file, true);
  const source = readFile(file, path);
  if (source.kind === 'unreadable') return { ...source, got: `${file}: ${source.got}` };
  const renderer =
    source.kind === 'invalid' ? rendererOfText(source.text) : rendererOfDocuments(source.text, source.documents);
  if (renderer !== null) return unrendered(renderer, file, true);
  return toOutcome(source);
}

function unreadable(file: string, reason: string): ManifestOutcome {
  const advice = { expected: 'a file that can be read', fix: 'create it, or remove the link' };
  return { kind: 'unreadable', got: `${file}: ${reason}`, ...advice };
}

/** The objects of a parsed source, or the reason why there are none. */
export function toOutcome(source: YamlSource): ManifestOutcome {
  if (source.kind === 'invalid') return source;
  if (source.hidden !== null) return { kind: 'invalid', error: source.hidden };
  const manifests = source.documents.flatMap(expandLists);
  return manifests.length === 0 ? { kind: 'empty', file: source.file } : { kind: 'read', manifests };
}
