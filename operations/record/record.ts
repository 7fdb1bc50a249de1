import type { ObjectReference } from '../clusters/changes.ts';

/** An object of a record, with the directory of its wave. */
export interface RecordedObject extends ObjectReference {
  readonly wave: string;
}

/** A command that created objects which no table lists. */
export interface RecordedCommand {
  readonly wave: string;
  /** Name of the routine that reverts it: `istioctl-install`, `kubefed-join`. */
  readonly undo: string;
  /** Path of its file in the output that was applied, or null. */
  readonly path: string | null;
  readonly args: readonly string[];
}

/** A cluster of the last apply. */
export interface RecordedMember {
  readonly name: string;
  readonly uid: string;
}

/**
 * The record of what was done in a cluster, which the cluster itself holds, so that anybody can continue from anywhere. It is
 * a claim: whoever can write ConfigMaps of kube-system can write it. So each part is checked against a pattern when it is
 * read, and whatever it leads to is compared with the cluster itself before it is done.
 */
export interface ClusterRecord {
  readonly federation: string;
  /** Name of the cluster in the federation. */
  readonly cluster: string;
  readonly objects: readonly RecordedObject[];
  readonly commands: readonly RecordedCommand[];
  /** Objects that did not exist before the first apply, of the kinds whose deletion deletes other people's objects, too. */
  readonly created: readonly ObjectReference[];
  /** The last wave whose gate held, and the checksum of the output that was applied. Null if there is none. */
  readonly progress: { readonly wave: string; readonly checksum: string } | null;
  readonly members: readonly RecordedMember[];
}

/** A record as a cluster holds it. */
export interface StoredRecord {
  /** The record as a whole: that of the command, united with those of `apply.sh`. */
  readonly record: ClusterRecord;
  /** The ConfigMaps that hold it, with what they were when they were read. */
  readonly parts: readonly StoredPart[];
  /** Whether it says itself of which cluster it is. The first version wrote no name, so its records identify nobody. */
  readonly namesCluster: boolean;
}

/** A ConfigMap of a record. */
export interface StoredPart {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
}

/** Everything about federations that a cluster holds. */
export interface ClusterRecords {
  /** That of this federation, or null. */
  readonly own: StoredRecord | null;
  /** Those of other federations. */
  readonly others: readonly StoredRecord[];
  /** Names of ConfigMaps that look like a record, and cannot be read. */
  readonly unreadable: readonly string[];
}
