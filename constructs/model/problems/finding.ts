import { type Path, valueAt } from '../../domain/json/path.ts';
import type { YamlDocument } from '../documents/yaml-source.ts';
import { escapeInvisible, printable } from './printable.ts';
import type { Location, Problem } from './problem.ts';

/** A mistake found by a rule, before its location in the file is known. */
export interface Finding {
  /** Path in the declaration, or in the lock. */
  readonly path: Path;
  /** The offending value; it is shown as JSON. */
  readonly got: unknown;
  readonly expected: string;
  readonly fix: string;
  /** Location of the mistake if it is not at `path` of the declaration, for example in a manifest. */
  readonly at?: Location | undefined;
  /** Points at the key instead of its value. */
  readonly isKey?: boolean | undefined;
}

/** `clusters[1].gateway` in the user's terms: entries with a valid name are shown by name. */
export function renderPath(path: Path, value: unknown): string {
  const steps = path.map((step, depth) => renderStep(step, valueAt(value, path.slice(0, depth + 1))));
  return steps.length === 0 ? '(the whole file)' : steps.join('').replace(/^\./, '');
}

function renderStep(step: string | number, node: unknown): string {
  if (typeof step === 'string') return /^[\w-]+$/.test(step) ? `.${step}` : `[${printable(step)}]`;
  const name = (node as { name?: unknown } | null | undefined)?.name;
  return typeof name === 'string' && /^[a-z0-9-]{1,63}$/.test(name) ? `.${name}` : `[${step}]`;
}

/** Turns a finding into a problem with a location in a document. */
export function toProblem(rule: string, finding: Finding, document: YamlDocument): Problem {
  const { path, at, isKey, got, expected, fix } = finding;
  return {
    rule,
    at: at ?? (isKey ? document.locateKey(path) : document.locate(path)),
    path: renderPath(path, document.value),
    got: printable(got),
    // These texts may quote names from manifests.
    expected: escapeInvisible(expected),
    fix: escapeInvisible(fix),
  };
}
