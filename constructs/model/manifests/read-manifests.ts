import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import type { Draft } from '../declaration/check-shape.ts';
import type { Declaration } from '../declaration/declaration.ts';
import { confine, displayName, type Project, resolveInProject } from '../documents/project.ts';
import { parseYaml, type YamlDocument, type YamlError } from '../documents/yaml-source.ts';
import {
  type Renderer,
  rendererOfDirectory,
  rendererOfDocuments,
  rendererOfName,
  rendererOfText,
} from './unrendered.ts';

/** One object of a manifest file, as written. `value` is any YAML value. */
export interface RawManifest {
  readonly value: unknown;
  readonly document: YamlDocument;
  /** Where the object begins in its document: `[]`, or `['items', 2]` inside a List. */
  readonly path: readonly (string | number)[];
}

/** The outcome of reading one entry of `workloads[].manifests`. */
export type ManifestOutcome =
  | { readonly kind: 'outside' | 'without-files' }
  /** `nearby` are the names of the files and folders where it should be. */
  | { readonly kind: 'missing'; readonly nearby: readonly string[] }
  | { readonly kind: 'unrendered'; readonly renderer: Renderer; readonly path: string; readonly isFile: boolean }
  | { readonly kind: 'unreadable'; readonly reason: string }
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
  try {
    if (!statSync(path).isDirectory()) return [readFile(project, path)];
    // By code unit, so that the order is the same on every machine.
    const names = readdirSync(path).sort();
    const renderer = rendererOfDirectory(names);
    if (renderer !== null) return [unrendered(renderer, displayName(project, path), false)];
    const files = names.filter((name) => /\.(ya?ml|json)$/.test(name));
    const outcomes = files.map((name) => readEntryFile(project, join(path, name)));
    return outcomes.length === 0 ? [{ kind: 'without-files' }] : outcomes;
  } catch (error) {
    return [{ kind: 'unreadable', reason: (error as NodeJS.ErrnoException).code ?? String(error) }];
  }
}

function nearbyOf(project: Project, declared: string): readonly string[] {
  const folder = resolveInProject(project, dirname(declared));
  if (folder === 'missing' || folder === 'outside') return [];
  try {
    return readdirSync(folder);
  } catch {
    // A file in the place of a folder, or a folder that may not be read: there is nothing to suggest.
    return [];
  }
}

// A link inside a directory may lead out of the project, like any other link.
function readEntryFile(project: Project, path: string): ManifestOutcome {
  const real = confine(project, path);
  if (real === 'missing') return { kind: 'missing', nearby: [] };
  return real === 'outside' ? { kind: 'outside' } : readFile(project, real);
}

const unrendered = (renderer: Renderer, path: string, isFile: boolean): ManifestOutcome => ({
  kind: 'unrendered',
  renderer,
  path,
  isFile,
});

function readFile(project: Project, path: string): ManifestOutcome {
  const file = displayName(project, path);
  const byName = rendererOfName(file);
  if (byName !== null) return unrendered(byName, file, true);
  const text = readFileSync(path, 'utf8');
  const source = parseYaml(file, text);
  const renderer = source.kind === 'invalid' ? rendererOfText(text) : rendererOfDocuments(text, source.documents);
  if (renderer !== null) return unrendered(renderer, file, true);
  if (source.kind === 'invalid') return { kind: 'invalid', error: source.error };
  const manifests = source.documents.flatMap((document) => expandList(document));
  return manifests.length === 0 ? { kind: 'empty', file } : { kind: 'read', manifests };
}

// A document without content, for example after a trailing `---`, is not an object. kubectl treats it the same way.
function expandList(document: YamlDocument): readonly RawManifest[] {
  const { value } = document;
  if (value === null || value === undefined) return [];
  const list = value as { kind?: unknown; items?: unknown };
  if (list.kind !== 'List' || !Array.isArray(list.items)) return [{ value, document, path: [] }];
  return list.items.map((item: unknown, index) => ({ value: item, document, path: ['items', index] }));
}
