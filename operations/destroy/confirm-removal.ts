import { UserMistake } from '../../constructs/model/problems/problem.ts';
import type { ClusterSummary } from '../apply/events.ts';
import { shown } from '../clusters/problem.ts';
import type { DestroyOptions } from './options.ts';

/**
 * Has the user confirm a removal by the name of the federation: a word from somebody else's shell history must not fit.
 *
 * @throws UserMistake when it is another name, or when nobody can be asked
 */
export async function confirmRemoval(
  federation: string,
  clusters: readonly ClusterSummary[],
  { typedName, askForName }: Pick<DestroyOptions, 'typedName' | 'askForName'>,
): Promise<void> {
  if (typedName === null && askForName === null)
    throw new UserMistake(`cannot ask for confirmation: standard input is no terminal; add --yes ${federation}`);
  refuseOtherName(federation, typedName ?? (await askForName?.(federation, clusters)) ?? '');
}

/**
 * Refuses a name that is not that of the federation.
 *
 * @throws UserMistake then
 */
export function refuseOtherName(federation: string, name: string): void {
  if (name === federation) return;
  throw new UserMistake(
    `${shown(name)} is not the name of this federation, nothing was changed: its name is ${federation}`,
  );
}
