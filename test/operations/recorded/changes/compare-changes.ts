import { type Change, titleOf } from './changes.ts';
import type { PhaseOf } from './phases.ts';

/** How the changes of the command differ from those of a script. */
export interface ChangesCompared {
  readonly missing: readonly string[];
  readonly added: readonly string[];
  /** Changes that came before others which the plan puts in front of them. */
  readonly disordered: readonly string[];
}

/**
 * Compares changes with recorded ones. The plan allows any order of the clusters within a wave. The waves keep their order,
 * and so do the calls of one cluster within a wave. A cluster is changed only once it has its record.
 */
export function compareChanges(
  recorded: readonly Change[],
  actual: readonly Change[],
  phaseOf: PhaseOf,
): ChangesCompared {
  const [wanted, made] = [firstsOf(recorded), firstsOf(actual)];
  return {
    missing: [...wanted.keys()].filter((title) => !made.has(title)),
    added: [...made.keys()].filter((title) => !wanted.has(title)),
    disordered: [...disorderedOf([...wanted.values()], made, phaseOf), ...unrecordedOf(recorded, actual)],
  };
}

// The first change of each object: some are made twice.
function firstsOf(changes: readonly Change[]): ReadonlyMap<string, Change> {
  const firsts = new Map<string, Change>();
  for (const change of changes) if (!firsts.has(titleOf(change))) firsts.set(titleOf(change), change);
  return firsts;
}

function disorderedOf(
  wanted: readonly Change[],
  made: ReadonlyMap<string, Change>,
  phaseOf: PhaseOf,
): readonly string[] {
  return wanted.flatMap((later, index) =>
    wanted.slice(0, index).flatMap((earlier) => {
      const [first, second] = [made.get(titleOf(earlier)), made.get(titleOf(later))];
      if (first === undefined || second === undefined) return [];
      const isWrong = mayNotSwap(earlier, later, phaseOf) && first.call > second.call;
      return isWrong ? [`${titleOf(later)} before ${titleOf(earlier)}`] : [];
    }),
  );
}

function mayNotSwap(earlier: Change, later: Change, phaseOf: PhaseOf): boolean {
  const [before, after] = [phaseOf(earlier), phaseOf(later)];
  if (before === null || after === null || before > after) return false;
  const isOfOneCluster = earlier.cluster === later.cluster;
  if (before.startsWith('last') || before === '99-prune') return isOfOneCluster && before < after;
  return before < after || (isOfOneCluster && earlier.call < later.call);
}

function unrecordedOf(recorded: readonly Change[], actual: readonly Change[]): readonly string[] {
  const clusters = new Set(recorded.flatMap(({ cluster, verb }) => (verb === 'record' ? [cluster] : [])));
  return [...clusters].flatMap((cluster) => {
    const isRecordFirst = (changes: readonly Change[]): boolean =>
      changes.find((change) => change.cluster === cluster && !isBeside(change))?.verb === 'record';
    return isRecordFirst(recorded) && !isRecordFirst(actual) ? [`${cluster} is changed before its record`] : [];
  });
}

// What is no part of the federation: the token for a reader, and the Lease.
const isBeside = ({ verb, object }: Change): boolean =>
  verb === 'istioctl create-remote-secret' || object.startsWith('lease.coordination.k8s.io/kube-system/');
