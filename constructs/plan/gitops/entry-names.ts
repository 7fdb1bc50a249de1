import { createHash } from 'node:crypto';

/** The longest DNS-1123 label. */
const longest = 63;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** A name of words, as a DNS-1123 label. If it would be too long, a hash of the words takes the place of its end. */
export function labelOf(...words: readonly string[]): string {
  const name = words.join('-');
  if (name.length <= longest) return name;
  return `${name.slice(0, longest - 9).replace(/-+$/, '')}-${digest(words.join('/'))}`;
}

/**
 * A name for each list of words: the words, and if two lists make one name, a hash behind it. `a-b` and `c` make the name
 * of `a` and `b-c`.
 */
export function distinctLabels(lists: readonly (readonly string[])[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const words of lists) counts.set(words.join('-'), (counts.get(words.join('-')) ?? 0) + 1);
  return lists.map((words) =>
    counts.get(words.join('-')) === 1 ? labelOf(...words) : labelOf(...words, digest(words.join('/'))),
  );
}
