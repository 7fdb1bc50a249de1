import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { withoutSystemErrors } from '../../constructs/delivery/directory/system-errors.ts';
import type { ClusterFacts } from './observe.ts';

/** The text of a lock. The facts are in the order of the clusters in the plan. */
export function renderLock(clusters: readonly (readonly [name: string, facts: ClusterFacts])[]): string {
  const lines = clusters.flatMap(([name, facts]) => [
    `  ${name}:`,
    // Each fact fits its pattern, and a text of JSON is one of YAML.
    ...Object.entries(facts).map(([fact, value]) => `    ${fact}: ${JSON.stringify(value)}`),
  ]);
  return ['# Observed by mesh-federation discover; do not edit.', 'clusters:', ...lines, ''].join('\n');
}

/**
 * Writes a lock as a whole: a former one stays if there is no room.
 *
 * @throws UserMistake when the file system refuses
 */
export function writeLock(path: string, text: string): void {
  const part = `${path}.${process.pid}.part`;
  withoutSystemErrors('write', () => {
    try {
      writeFileSync(part, text, { flag: 'wx' });
      renameSync(part, path);
    } finally {
      rmSync(part, { force: true });
    }
  });
}
