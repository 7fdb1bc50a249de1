import { builtInKinds, kindsByShortName } from '../../domain/kubernetes/built-in-kinds.ts';
import { nearest } from '../problems/suggestion.ts';

const allKinds = [...new Set(Object.values(builtInKinds).flat())];

/** The kind of Kubernetes that a word most likely means, in any case, in the plural or short: `deploy`. */
export function nearestKind(word: string, kinds: readonly string[] = allKinds): string | null {
  const short = kindsByShortName[word.toLowerCase()];
  if (short !== undefined && kinds.includes(short)) return short;
  // Any two short words are similar.
  const near = nearest(word, kinds);
  return word.length > 4 || near?.[0]?.toLowerCase() === word[0]?.toLowerCase() ? near : null;
}
