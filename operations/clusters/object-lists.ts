import { z } from 'zod';
import { type Answer, anotherForm } from './answer.ts';

/** An object to ask for, as the server names its kind. */
export interface ObjectIdentity {
  /** Group and version: `apps/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Null for kinds without a namespace. */
  readonly namespace: string | null;
  readonly name: string;
}

/** Objects as the text of a List, which kubectl reads from standard input. */
export function listOf(references: readonly ObjectIdentity[]): string {
  const items = references.map(({ apiVersion, kind, namespace, name }) => ({
    apiVersion,
    kind,
    metadata: namespace === null ? { name } : { namespace, name },
  }));
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

/** What kubectl prints for several objects: a List, or the only one that was found. */
export const itemsSchema = z.union([
  z.object({ kind: z.literal('List'), items: z.array(z.unknown()) }),
  z.looseObject({ kind: z.string(), metadata: z.unknown() }),
]);

/** The objects of a List, each checked. None were found if there is no text. */
export function itemsOf<T>(answer: Answer<z.output<typeof itemsSchema>>, schema: z.ZodType<T>): Answer<readonly T[]> {
  if (answer.kind === 'failed') return answer;
  if (answer.kind === 'absent') return { kind: 'found', value: [] };
  const items = 'items' in answer.value && answer.value.kind === 'List' ? answer.value.items : [answer.value];
  const { success, data } = z.array(schema).safeParse(items);
  return success ? { kind: 'found', value: data } : anotherForm;
}
