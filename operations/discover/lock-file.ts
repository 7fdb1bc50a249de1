import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { withoutSystemErrors } from '../../constructs/delivery/directory/system-errors.ts';
import { lockSchema } from '../../constructs/model/declaration/lock.ts';
import { UserMistake } from '../../constructs/model/problems/problem.ts';
import type { ClusterFacts } from './observe.ts';

/** A cluster and the facts about it. */
export type LockEntry = readonly [name: string, facts: ClusterFacts];

/**
 * The text of a lock. The facts are in the order of the clusters in the plan.
 *
 * @throws UserMistake when the next synth would refuse the lock
 */
export function renderLock(clusters: readonly LockEntry[]): string {
  refuseOneClusterTwice(clusters);
  const lines = clusters.flatMap(([name, facts]) => [
    // A name such as null would be another value without quotes.
    `  ${stringify(name).trim()}:`,
    // Each fact fits its pattern, and a text of JSON is one of YAML.
    ...Object.entries(facts).map(([fact, value]) => `    ${fact}: ${JSON.stringify(value)}`),
  ]);
  const heading = clusters.length === 0 ? 'clusters: {}' : 'clusters:';
  const text = ['# Observed by mesh-federation discover; do not edit.', heading, ...lines, ''].join('\n');
  refuseOddFacts(text);
  return text;
}

function refuseOneClusterTwice(clusters: readonly LockEntry[]): void {
  const owners = new Map<string, string>();
  const lines = clusters.flatMap(([name, { uid }]) => {
    const owner = owners.get(uid);
    owners.set(uid, owner ?? name);
    return owner === undefined
      ? []
      : [
          `  ${owner} and ${name} are one cluster: the UID of both is ${uid}`,
          `    fix: give each cluster its own context: --context ${name}=CONTEXT`,
        ];
  });
  if (lines.length > 0)
    throw new UserMistake(['the contexts do not lead to different clusters; nothing was written', ...lines].join('\n'));
}

function refuseOddFacts(text: string): void {
  const issues = lockSchema.safeParse(parse(text)).error?.issues ?? [];
  if (issues.length === 0) return;
  const places = [...new Set(issues.map(({ path }) => path.join('.')))];
  throw new UserMistake(`the next synth would refuse ${places.join(', ')} of the lock; nothing was written`);
}

/**
 * Writes a lock as a whole: a former one stays if there is no room.
 *
 * @throws UserMistake when the file system refuses
 */
export function writeLock(path: string, text: string): void {
  // Nobody else has this name: what an ended run has left behind is not ours.
  const part = `${path}.${randomUUID()}.part`;
  withoutSystemErrors('write', () => {
    try {
      writeFileSync(part, text, { flag: 'wx' });
      renameSync(part, path);
    } finally {
      rmSync(part, { force: true });
    }
  });
}
