import type { Answer } from '../clusters/answer.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { Failure } from '../clusters/failure.ts';
import type { Run, Tell } from './run.ts';

/**
 * Applies manifests in a cluster.
 *
 * @param what is applied, as a message says it
 * @throws Failure when the server does not take all of them
 */
export async function applyTo(run: Run, cluster: Cluster, manifests: string, what: string, tell: Tell): Promise<void> {
  const options = { force: run.settings.forceConflicts, isDryRun: false };
  for (const line of requireValue(await cluster.changes.apply(manifests, options), cluster, what)) tell(line);
}

/** Objects as one text for kubectl: after a first object of JSON it expects no further documents. */
export function manifestsOf(objects: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
}

/** The value of an answer about a change that must succeed. */
export function requireValue<T>(answer: Answer<T>, { name }: Pick<Cluster, 'name'>, what: string): T {
  if (answer.kind === 'found') return answer.value;
  const reason = answer.kind === 'failed' ? answer.reason : 'there is nothing';
  throw new Failure({
    problem: `${name}: ${what}: ${reason}`,
    fix: (answer.kind === 'failed' ? answer.fix : undefined) ?? fixOf(reason),
  });
}

function fixOf(reason: string): string {
  return reason.includes('conflict')
    ? 'somebody else has set these fields: let go of them there, or take them over with --force-conflicts'
    : 'correct what the server says, and run it again';
}
