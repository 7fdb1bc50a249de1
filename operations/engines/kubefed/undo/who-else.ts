import type { Place } from '../../../removal/place.ts';
import { federatedGroup } from './names.ts';
import { federatedIn } from './undo-objects.ts';

/** Who else needs KubeFed on a host, in words; null if nobody does. */
export async function whoElseFederates(place: Place): Promise<string | null> {
  const recorded = whoElseIsRecorded(place);
  if (recorded !== null) return recorded;
  const [first, ...others] = await federatedIn(place, null);
  if (first === undefined) return null;
  return `somebody else federates ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}

/** The other federation whose record says that it uses KubeFed on a host, in words; null if there is none. */
export function whoElseIsRecorded({ others }: Place): string | null {
  const user = others.find(
    ({ objects, commands }) =>
      objects.some(({ group }) => group === federatedGroup) || commands.some(({ undo }) => undo.startsWith('kubefed-')),
  );
  return user === undefined ? null : `federation ${user.federation} uses it`;
}
