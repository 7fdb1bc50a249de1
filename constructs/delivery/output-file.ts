import type { WaveName } from '../plan/waves.ts';

/** A file of the output. `path` is relative to the output's directory and uses `/` on every system. */
export interface OutputFile {
  readonly path: string;
  readonly content: string;
}

/** Identity of an object in a cluster. `''` is the core group; null means no namespace. */
export interface ObjectIdentity {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

/** An object of a file, and the path of the declaration that asked for it. */
export interface InventoriedObject extends ObjectIdentity {
  readonly cause: string;
}

/** A file in the directory of a target, that is, of a cluster or of an engine's own API server. */
export interface TargetFile extends OutputFile {
  readonly target: string;
  readonly wave: WaveName;
  /** Path of the declaration that asked for the file. */
  readonly cause: string;
  readonly objects: readonly InventoriedObject[];
  /** False for a file that is given to istioctl instead of being applied. */
  readonly isApplied: boolean;
}
