import { shellWord } from '../../constructs/delivery/shell-word.ts';
import type { Answer } from '../clusters/answer.ts';
import type { Changed } from '../clusters/changes.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { Failure } from '../clusters/failure.ts';
import { shown } from '../clusters/problem.ts';
import type { LeaseOptions } from './hold-leases.ts';
import { type Lease, leaseObject, leaseReference, leaseSchema, leaseSeconds } from './lease-object.ts';

/** A Lease that this run holds. */
export interface HeldLease {
  readonly cluster: Cluster;
  readonly uid: string;
  readonly acquired: Date;
  resourceVersion: string;
  /** When it was renewed last, by the clock of this run: before the server was asked. */
  renewed: number;
}

/** The Lease of a cluster at a moment of this run's clock. Null: nobody holds it. */
export interface SeenLease {
  readonly cluster: Cluster;
  readonly lease: Lease | null;
  readonly since: number;
}

/** Reads the Lease of a cluster. `absent`: nobody holds it. */
export function readLease({ kubectl }: Pick<Cluster, 'kubectl'>): Promise<Answer<Lease>> {
  return kubectl.get(leaseReference, leaseSchema);
}

/**
 * Looks at the Lease of a cluster. From then on its holder has the time of a Lease to renew it.
 *
 * @throws Failure when the cluster does not tell
 */
export async function seeLease(cluster: Cluster, { now }: Pick<LeaseOptions, 'now'>): Promise<SeenLease> {
  const answer = await readLease(cluster);
  if (answer.kind === 'failed') throw untold(cluster, answer.reason);
  return { cluster, lease: answer.kind === 'found' ? answer.value : null, since: now() };
}

/**
 * Takes the Lease of a cluster. If its holder does not renew it for as long as it lasts, by the clock of this run, it is taken
 * over.
 *
 * @throws Failure `locked` when its holder is alive, `stopped` when the end is asked for meanwhile
 */
export async function takeLease(first: SeenLease, options: LeaseOptions): Promise<HeldLease> {
  const { cluster } = first;
  const acquired = new Date();
  let seen = first;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const before = await waitForHolder(seen, options);
    const renewed = options.now();
    const own = leaseObject(options.holder, acquired, before?.metadata.resourceVersion);
    const change = before === null ? cluster.changes.create(own) : cluster.changes.replace(own);
    const written = changedOf(cluster, await change);
    if (written !== null) return { cluster, acquired, renewed, ...written };
    seen = await seeLease(cluster, options);
  }
  throw locked(cluster, seen.lease);
}

// Somebody else was faster: null.
function changedOf(
  cluster: Cluster,
  answer: Answer<Changed>,
): { readonly uid: string; readonly resourceVersion: string } | null {
  if (answer.kind === 'failed') throw untold(cluster, answer.reason);
  if (answer.kind === 'absent' || answer.value.kind !== 'changed') return null;
  const { uid, resourceVersion } = answer.value;
  if (resourceVersion === undefined) throw untold(cluster, 'its answer has another form');
  return { uid, resourceVersion };
}

/** Returns the Lease that may be taken over, or null if there is none any more. */
async function waitForHolder({ cluster, lease, since }: SeenLease, options: LeaseOptions): Promise<Lease | null> {
  // An empty name is how a holder gives it back.
  if (lease === null || !lease.spec.holderIdentity) return lease;
  const { stop, say, now } = options;
  const seconds = lease.spec.leaseDurationSeconds ?? leaseSeconds;
  // apply.sh does not renew its own, which lasts for long: nothing tells whether it is alive.
  if (seconds > leaseSeconds) throw locked(cluster, lease);
  const until = since + seconds * 1000;
  if (now() < until)
    say(`${cluster.name}: ${shown(lease.spec.holderIdentity)} holds the Lease; waiting for up to ${seconds} s`);
  while (now() < until) {
    await stop.sleep(Math.min(5000, until - now()));
    if (stop.reason() !== null) throw stopped(cluster);
    const again = await readLease(cluster);
    if (again.kind === 'absent') return null;
    if (again.kind === 'found' && again.value.metadata.resourceVersion !== lease.metadata.resourceVersion)
      throw locked(cluster, again.value);
  }
  return lease;
}

function locked({ name, context }: Cluster, lease: Lease | null): Failure {
  const who = lease === null ? 'somebody' : shown(lease.spec.holderIdentity ?? '');
  const since = lease?.spec.acquireTime ? ` since ${shown(lease.spec.acquireTime)}` : '';
  return new Failure(
    {
      problem: `${name}: ${who} works on this cluster${since}`,
      fix: `wait for the end of that run; if it has ended, delete its Lease: kubectl --context ${shellWord(context)} --namespace kube-system delete lease mesh-federation`,
    },
    'locked',
  );
}

function stopped({ name }: Cluster): Failure {
  return new Failure({ problem: `${name}: stopped while waiting for the Lease`, fix: 'run it again' }, 'stopped');
}

function untold({ name }: Cluster, reason: string): Failure {
  return new Failure({
    problem: `${name}: its Lease kube-system/mesh-federation cannot be taken: ${reason}`,
    fix: 'use a context that may get, create, update and delete Leases of kube-system',
  });
}
