import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { groupOf } from '../domain/kubernetes-kinds.ts';
import type { Component } from '../plan/component.ts';

/** The objects of a workload that are applied to a cluster as they are. */
export class WorkloadChart extends Chart {
  constructor(scope: Construct, id: string, { objects }: Extract<Component, { kind: 'workload' }>) {
    super(scope, id);
    // Plain ApiObjects: the typed classes drop every field whose name they spell differently (clusterIP).
    for (const object of objects)
      new ApiObject(this, `${object.kind}.${groupOf(object.apiVersion)}-${object.metadata.name}`, object);
  }
}
