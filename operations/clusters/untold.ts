import { shellWord } from '../../constructs/delivery/shell-word.ts';
import type { PlanCluster } from '../plan/clusters.ts';
import type { Problem } from './problem.ts';

/** A fact that a cluster does not tell. Nothing is known to be broken then, and nothing is known to be whole. */
export function untold(link: string, { name, context }: PlanCluster, what: string, reason: string): Problem {
  return {
    problem: `${link}: ${name} does not tell ${what}: ${reason}`,
    fix: `check what the user of context ${shellWord(context)} may read, and raise --request-timeout if it takes too long`,
  };
}
