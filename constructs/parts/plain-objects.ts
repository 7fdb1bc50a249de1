import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { groupOf } from '../domain/kubernetes/kinds.ts';
import type { KubernetesObject } from '../domain/kubernetes/object.ts';

/**
 * Users' objects, unchanged. They are plain ApiObjects: the typed classes drop every field whose name they spell
 * differently (clusterIP).
 */
export function definePlainObjects(scope: Construct, objects: readonly KubernetesObject[]): void {
  for (const object of objects)
    new ApiObject(scope, `${object.kind}.${groupOf(object.apiVersion)}-${object.metadata.name}`, object);
}
