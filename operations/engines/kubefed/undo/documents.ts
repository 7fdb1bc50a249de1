import { z } from 'zod';
import type { ObjectReference } from '../../../clusters/changes.ts';
import { Failure } from '../../../clusters/failure.ts';
import type { ServedKinds } from '../../../clusters/served-kinds.ts';
import { printedDocuments } from '../../../programs/printed-documents.ts';

const documentSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
});

/** Characters of a text that is read. */
const mostCharacters = 4_000_000;

/**
 * The objects of the manifests that helm prints, without their content.
 *
 * @param namespace of an object that names none, although its kind has one
 */
export function objectsOfDocuments(text: string, kinds: ServedKinds, namespace: string): readonly ObjectReference[] {
  const { success, data } = z.array(documentSchema).safeParse(printedDocuments(text, mostCharacters));
  if (!success) throw new Failure(unreadable);
  return data.map(({ apiVersion, kind, metadata }) => {
    const group = apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : '';
    const place = kinds.find(group, kind)?.isNamespaced === true ? (metadata.namespace ?? namespace) : null;
    return { group, kind, namespace: place, name: metadata.name };
  });
}

const unreadable = {
  problem: 'helm prints something that is no manifest',
  fix: 'look at what helm template prints for the chart of KubeFed',
};
