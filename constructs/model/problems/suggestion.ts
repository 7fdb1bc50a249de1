import { distance } from 'fastest-levenshtein';

/** The candidate that a misspelt word most likely means, or null if no candidate is close enough. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: editsBetween(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best !== undefined && best.edits <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : null;
}

// A word may also be the first one of a candidate of several: `federaed` of `federated-secret`.
function editsBetween(word: string, candidate: string): number {
  const [first = '', ...others] = candidate.split('-');
  const whole = distance(word, candidate);
  return others.length === 0 ? whole : Math.min(whole, distance(word, first));
}

/** `did you mean "x"?` for a near miss, otherwise the given advice. */
export function didYouMean(word: unknown, candidates: readonly string[], otherwise: string): string {
  const match = typeof word === 'string' ? nearest(word, candidates) : null;
  return match === null ? otherwise : `did you mean "${match}"?`;
}
