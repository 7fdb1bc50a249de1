import type { Answer } from './answer.ts';
import type { KubeObject } from './kube-object.ts';

/** An object of a cluster. `''` is the core group; null means no namespace. */
export interface ObjectReference {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

/** The name under which servers remember which fields are ours. */
export const fieldManager = 'mesh-federation';

/** How objects are applied. */
export interface ApplyOptions {
  /** Whether fields that somebody else has set to other values are taken over. */
  readonly force: boolean;
  /** Whether the server only validates them. */
  readonly isDryRun: boolean;
  /**
   * Whether they are parts of objects that exist: then only the server can tell whether anything is missing. kubectl checks an
   * object by itself, unless it knows that the server does. @default - whole objects
   */
  readonly isPart?: boolean;
}

/** How a change ended. `conflict`: somebody else was faster, and nothing was changed. */
export type Changed =
  | {
      readonly kind: 'changed';
      readonly uid: string;
      /** What the object is now. After a deletion: what it was, if that was asked for. */
      readonly resourceVersion?: string;
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'conflict' };

/**
 * The changes that kubectl makes in one cluster. Manifests go through standard input; no file is read. Each call ends within
 * its bounds.
 */
export interface Changes {
  /** Server-side apply of one or more documents. Returns kubectl's line for each object. */
  readonly apply: (manifests: string, options: ApplyOptions) => Promise<Answer<readonly string[]>>;
  /** The differences that an apply would make, as kubectl shows them; an empty text means none. */
  readonly diff: (manifests: string, options: Pick<ApplyOptions, 'force'>) => Promise<Answer<string>>;
  /** Creates an object. `conflict` if it exists. */
  readonly create: (object: KubeObject) => Promise<Answer<Changed>>;
  /**
   * Replaces an object. With a `resourceVersion` in it, `conflict` if the object has changed since.
   *
   * @param seconds how long the server may take; as long as for any answer if there is none
   */
  readonly replace: (object: KubeObject, seconds?: number) => Promise<Answer<Changed>>;
  /** Starts the pods of a Deployment anew. */
  readonly restart: (namespace: string, deployment: string) => Promise<Answer<string>>;
  /** Asks for the deletion of an object with this UID, and of no other one with its name. */
  readonly delete: (reference: ObjectReference, preconditions: Preconditions) => Promise<Answer<Changed>>;
}

/** What an object must still be when it is deleted. */
export interface Preconditions {
  readonly uid: string;
  /** @default - any */
  readonly resourceVersion?: string;
}
