import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { definePlainObjects } from '../parts/plain-objects.ts';
import type { Component } from '../plan/component.ts';

/** The objects of a workload that are applied to a cluster as they are. */
export class WorkloadChart extends Chart {
  constructor(scope: Construct, id: string, { objects }: Extract<Component, { kind: 'workload' }>) {
    super(scope, id);
    definePlainObjects(this, objects);
  }
}
