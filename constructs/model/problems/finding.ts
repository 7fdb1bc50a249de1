import { type Path, valueAt } from '../../domain/json/path.ts';
import type { YamlDocument } from '../documents/yaml-source.ts';
import { escapeInvisible, printable } from './printable.ts';
import type { Location, Problem } from './problem.ts';

/** What a rule found wrong, before it is known where that stands in the file. */
export interface Finding {
  /** Path in the declaration, or in the lock. */
  readonly path: Path;
  /** The offending value; it is shown as JSON. */
  readonly got: unknown;
  readonly expected: string;
  readonly fix: string;
  /** Where the mistake stands, when it is not at `path` of the declaration: in a manifest. */
  readonly at?: Location | undefined;
  /** Points at the key instead of its value. */
  readonly isKey?: boolean | undefined;
}

/** `clusters[1].gateway` as the user knows it: entries with a valid name are called by it. */
export function renderPath(path: Path, value: unknown): string {
  const steps = path.map((step, depth) => renderStep(step, valueAt(value, path.slice(0, depth + 1))));
  return steps.length === 0 ? '(the whole file)' : steps.join('').replace(/^\./, '');
}

function renderStep(step: string | number, node: unknown): string {
  if (typeof step === 'string') return /^[\w-]+$/.test(step) ? `.${step}` : `[${printable(step)}]`;
  const name = (node as { name?: unknown } | null | undefined)?.name;
  return typeof name === 'string' && /^[a-z0-9-]{1,63}$/.test(name) ? `.${name}` : `[${step}]`;
}

/** Turns what a rule found into a problem at its place in a document. */
export function toProblem(rule: string, finding: Finding, document: YamlDocument): Problem {
  const { path, at, isKey, got, expected, fix } = finding;
  return {
    rule,
    at: at ?? (isKey ? document.locateKey(path) : document.locate(path)),
    path: renderPath(path, document.value),
    got: printable(got),
    // These may quote names out of manifests.
    expected: escapeInvisible(expected),
    fix: escapeInvisible(fix),
  };
}
