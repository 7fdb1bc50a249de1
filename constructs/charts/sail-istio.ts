import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { SailIstio } from '../parts/sail-istio.ts';
import type { Component } from '../plan/component.ts';

/** Istio in one cluster, as the resource that the Sail operator installs. */
export class SailIstioChart extends Chart {
  constructor(scope: Construct, id: string, { name, spec }: Extract<Component, { kind: 'sailIstio' }>) {
    super(scope, id);
    new SailIstio(this, 'istio', { name, spec });
  }
}
