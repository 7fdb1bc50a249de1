import { StatusError } from '../status-error.ts';
import { type FieldPath, textOfPath } from './field-paths.ts';

/** A field that somebody else manages, and has set to another value. */
export interface Conflict {
  /** The manager, and how it writes: `mesh-federation Apply`. */
  readonly key: string;
  readonly path: FieldPath;
}

/** The conflicts of a server-side apply, in the words of Kubernetes. */
export function conflictsError(conflicts: readonly Conflict[], apiVersion: string): StatusError {
  const [first] = conflicts;
  const many = `Apply failed with ${conflicts.length} conflicts: ${groupsOf(conflicts, apiVersion)}`;
  const one = first === undefined ? '' : `conflict with ${titleOf(first.key, apiVersion)}: ${textOfPath(first.path)}`;
  return new StatusError('Conflict', conflicts.length === 1 ? `Apply failed with 1 conflict: ${one}` : many);
}

function groupsOf(conflicts: readonly Conflict[], apiVersion: string): string {
  const keys = [...new Set(conflicts.map(({ key }) => key))].sort();
  return keys
    .map((key) => {
      const paths = conflicts.filter((one) => one.key === key).map(({ path }) => `\n- ${textOfPath(path)}`);
      return `conflicts with ${titleOf(key, apiVersion)}:${paths.join('')}`;
    })
    .join('\n');
}

function titleOf(key: string, apiVersion: string): string {
  const [manager = '', operation] = key.split(' ');
  return operation === 'Apply' ? `"${manager}"` : `"${manager}" using ${apiVersion}`;
}
