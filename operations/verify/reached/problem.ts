import { shellWord } from '../../../constructs/delivery/shell-word.ts';
import { escapeInvisible } from '../../../constructs/model/problems/printable.ts';
import type { PlanCluster } from '../../plan/clusters.ts';

/** Something that is not as it should be, and what to do about it. */
export interface Problem {
  readonly problem: string;
  readonly fix: string;
}

/** A fact that a cluster does not tell. Nothing is known to be broken then, and nothing is known to be whole. */
export function untold(link: string, { name, context }: PlanCluster, what: string, reason: string): Problem {
  return {
    problem: `${link}: ${name} does not tell ${what}: ${reason}`,
    fix: `check what the user of context ${shellWord(context)} may read, and raise --request-timeout if it takes too long`,
  };
}

/** A text of another machine as a part of a message. */
export function shown(text: string): string {
  return text === '' ? "''" : escapeInvisible(text).slice(0, 120);
}
