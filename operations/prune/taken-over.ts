import type { Cluster } from '../clusters/cluster.ts';
import { undoTable } from '../engines/undo-table.ts';
import type { Output } from '../plan/output.ts';
import type { FoundObject } from '../removal/look-up.ts';

/** Says which engine has taken over an object of a cluster, by its title; null if none has. */
export type TakenOver = (found: FoundObject) => string | null;

/**
 * Finds out which objects of a cluster an engine has taken over by now: what was applied directly may come from an engine
 * since. Its label tells, and before the engine has set its label, the output does.
 */
export function takenOverIn({ isMember, isLeaving }: Cluster, output: Output): TakenOver {
  // No engine delivers to its own API server; and to a cluster that leaves only what its label shows.
  if (!isMember) return () => null;
  const delivered = isLeaving ? new Map<string, string>() : deliveredBy(output);
  return (found) =>
    undoTable.find(({ label }) => found.labels[label] === 'true')?.title ?? delivered.get(keyOf(found)) ?? null;
}

function deliveredBy({ objects }: Output): ReadonlyMap<string, string> {
  return new Map(
    objects.flatMap((planned) =>
      undoTable.flatMap(({ title, madeFrom }) => {
        const made = madeFrom(planned);
        return made === null ? [] : [[keyOf(made), title] as const];
      }),
    ),
  );
}

// A federated object does not show the group of what is made from it.
const keyOf = ({ kind, namespace, name }: Pick<FoundObject, 'kind' | 'namespace' | 'name'>): string =>
  JSON.stringify([kind, namespace, name]);
