import type { ObjectReference } from '../clusters/changes.ts';

/** Kinds of the core of Kubernetes whose objects hold others, or somebody's data: both are lost with them. */
const holding: Readonly<Record<string, readonly string[]>> = {
  '': ['Namespace', 'PersistentVolumeClaim', 'PersistentVolume'],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'snapshot.storage.k8s.io': ['VolumeSnapshot', 'VolumeSnapshotContent'],
};

const data = /^(PersistentVolume|VolumeSnapshot)/;

/** Whether other objects or data are lost together with an object of this kind. */
export function holdsOthers({ group, kind }: Pick<ObjectReference, 'group' | 'kind'>): boolean {
  return holding[group]?.includes(kind) ?? false;
}

/** The effect of deleting an object that holds others, in words. */
export function lossOf(kind: string): string {
  return data.test(kind) ? 'deleting it would delete its data' : 'deleting it would delete everything in it';
}
