import { z } from 'zod';
import { dnsLabelPattern } from '../../constructs/domain/kubernetes/dns-names.ts';
import { readTable } from './read-table.ts';

/** An object that is applied directly, and not by an engine. */
export interface PlannedObject {
  readonly cluster: string;
  /** Directory of its wave: `10-foundation`. */
  readonly wave: string;
  /** `''` is the core group. */
  readonly group: string;
  readonly kind: string;
  /** Null means no namespace. */
  readonly namespace: string | null;
  readonly name: string;
}

const word = z.string().regex(/^(?!-.)[^\p{C}]{1,500}$/u);
const label = z.string().regex(dnsLabelPattern);
const columns = {
  cluster: label,
  wave: z.string().regex(/^\d\d-[a-z-]+$/),
  group: word,
  kind: z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/),
  namespace: z.union([z.literal('-'), label]),
  name: word,
};

/**
 * Reads `objects.tsv` of an output.
 *
 * @throws UserMistake when it is missing or wrong
 */
export function readPlannedObjects(directory: string): readonly PlannedObject[] {
  return readTable(directory, 'objects.tsv', columns).map(({ group, namespace, ...others }) => ({
    ...others,
    group: group === '-' ? '' : group,
    namespace: namespace === '-' ? null : namespace,
  }));
}
