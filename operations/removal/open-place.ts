import { failUntold, type Place } from './place.ts';

/** Makes a place of a cluster, with the kinds that it serves now. They change while definitions are deleted. */
export async function openPlace(bare: Omit<Place, 'kinds'>): Promise<Place> {
  const answer = await bare.cluster.kinds.ofNow();
  if (answer.kind === 'found') return { ...bare, kinds: answer.value };
  return failUntold(bare, 'any kinds', answer.kind === 'failed' ? answer.reason : 'it lists none');
}
