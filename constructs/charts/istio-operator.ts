import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { IstioOperator } from '../parts/istio-operator.ts';
import type { Component } from '../plan/component.ts';

/** Istio in one cluster, as a file for `istioctl install -f`. */
export class IstioOperatorChart extends Chart {
  constructor(scope: Construct, id: string, { spec }: Extract<Component, { kind: 'istioOperator' }>) {
    super(scope, id);
    new IstioOperator(this, 'istio', spec);
  }
}
