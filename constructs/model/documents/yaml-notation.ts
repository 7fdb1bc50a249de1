import { findHiddenCharacters } from '../../domain/hidden-characters.ts';
import { unsafeKeys } from '../../domain/json/mapping.ts';
import type { Finding } from '../problems/finding.ts';
import { Described } from '../problems/printable.ts';
import type { Place } from './yaml-places.ts';

/** What is wrong with the way in which a value is written. */
export type NotationFault = Pick<Finding, 'got' | 'expected' | 'fix'>;

// Tags that add nothing to the value.
const plainTag = /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/;

/** The fault of a place with a tag that JSON does not have. */
export function findTag({ node }: Place): NotationFault | null {
  if (node.tag === undefined || plainTag.test(node.tag)) return null;
  return {
    got: node.tag,
    expected: 'plain values without tags, as in JSON',
    fix: 'remove the tag, and write the value itself',
  };
}

/** The fault of a key that JavaScript or JSON would lose. */
export function findLostKey({ scalar, isKey }: Place): NotationFault | null {
  if (!isKey || (scalar !== null && !unsafeKeys.has(String(scalar.value)))) return null;
  const got = scalar === null ? new Described('a key that is not a string') : scalar.value;
  return { got, expected: `a string key other than ${[...unsafeKeys].join(' and ')}`, fix: 'rename the key' };
}

/**
 * The fault of a scalar with a character that nobody sees. Only an escape can have brought it in: the text of a file has
 * no such characters.
 */
export function findHidden({ scalar }: Place): NotationFault | null {
  const [first] = typeof scalar?.value === 'string' ? findHiddenCharacters(scalar.value, 1) : [];
  if (first === undefined) return null;
  return {
    got: new Described(`a character that nobody sees: ${first.name}`),
    expected: 'text that reads as it looks: the output would show the character itself',
    fix: 'remove the escape',
  };
}
