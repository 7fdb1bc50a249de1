import { sideBySide } from '../tools/side-by-side.ts';
import type { LeaseOptions } from './hold-leases.ts';
import { leaseObject, leaseSeconds, microTimeOf } from './lease-object.ts';
import { type HeldLease, readLease } from './take-lease.ts';

/** Milliseconds between two renewals. */
export const renewalMilliseconds = 15_000;

// How long a server may take, so that one lost answer leaves time for the next renewal.
const renewalSeconds = 6;

// A renewal that fails after this time was the last one before others may take the Lease over.
const longestMilliseconds = leaseSeconds * 1000 - renewalMilliseconds;

/** How renewals are made. */
export interface RenewalOptions extends Pick<LeaseOptions, 'holder' | 'parallel' | 'now'> {
  /** Hears why a Lease is no longer held, once for each. */
  readonly lose: (lease: HeldLease, why: string) => void;
}

/** Renewals that go on until their end. */
export interface Renewals {
  /** Waits for those that have begun. Nothing begins after it. */
  readonly end: () => Promise<void>;
}

/**
 * Renews Leases again and again, each by itself: a server that hangs delays no other one. A Lease is lost if somebody else has
 * it, if it is gone, or if it could not be renewed for so long that somebody else may take it.
 *
 * @param held the Leases so far; further ones may come
 */
export function renewLeases(held: readonly HeldLease[], options: RenewalOptions): Renewals {
  const busy = new Set<HeldLease>();
  const lost = new Set<HeldLease>();
  const running = new Set<Promise<unknown>>();
  const lose = (lease: HeldLease, why: string): void => {
    if (!lost.has(lease)) options.lose(lease, why);
    lost.add(lease);
  };
  const renew = async (lease: HeldLease): Promise<void> => {
    const renewed = await renewOnce(lease, options).finally(() => busy.delete(lease));
    if (renewed === 'lost') lose(lease, 'somebody else has taken or deleted it');
    const isLate = options.now() - lease.renewed >= longestMilliseconds;
    if (renewed === 'untold' && isLate) lose(lease, 'it could not be renewed');
  };
  const tick = (): void => {
    const idle = held.filter((lease) => !busy.has(lease) && !lost.has(lease));
    for (const lease of idle) busy.add(lease);
    const work: Promise<unknown> = sideBySide(idle, options.parallel, renew).finally(() => running.delete(work));
    running.add(work);
  };
  const timer = setInterval(tick, renewalMilliseconds);
  timer.unref();
  return {
    end: async () => {
      clearInterval(timer);
      await Promise.allSettled(running);
    },
  };
}

type Renewed = 'renewed' | 'untold' | 'lost';

// A server that does not answer for a moment has given it to nobody yet.
async function renewOnce(lease: HeldLease, { holder, now }: RenewalOptions): Promise<Renewed> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const begun = now();
    const { cluster, acquired, resourceVersion } = lease;
    const answer = await cluster.changes.replace(leaseObject(holder, acquired, resourceVersion), renewalSeconds);
    if (answer.kind !== 'found') return 'untold';
    if (answer.value.kind === 'changed') {
      lease.resourceVersion = answer.value.resourceVersion ?? resourceVersion;
      lease.renewed = begun;
      return 'renewed';
    }
    const ours = await adopt(lease, holder);
    if (ours !== 'renewed') return ours;
  }
  return 'untold';
}

// An earlier renewal may have come through, and its answer not: then the Lease is ours in another version.
async function adopt(lease: HeldLease, holder: string): Promise<Renewed> {
  const answer = await readLease(lease.cluster);
  if (answer.kind === 'failed') return 'untold';
  if (answer.kind === 'absent') return 'lost';
  const { metadata, spec } = answer.value;
  const isOurs = spec.holderIdentity === holder && spec.acquireTime === microTimeOf(lease.acquired);
  if (!isOurs || metadata.uid !== lease.uid) return 'lost';
  lease.resourceVersion = metadata.resourceVersion;
  return 'renewed';
}
