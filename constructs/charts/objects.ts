import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { definePlainObjects } from '../parts/plain-objects.ts';
import type { Component } from '../plan/component.ts';

/** Objects that are applied as they are. */
export class ObjectsChart extends Chart {
  constructor(scope: Construct, id: string, { objects }: Extract<Component, { kind: 'objects' }>) {
    super(scope, id);
    definePlainObjects(this, objects);
  }
}
