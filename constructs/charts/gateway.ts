import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { InjectedGateway } from '../parts/injected-gateway.ts';
import type { Component } from '../plan/component.ts';

/** A gateway of current Istio. */
export class GatewayChart extends Chart {
  constructor(scope: Construct, id: string, { gateway }: Extract<Component, { kind: 'gateway' }>) {
    super(scope, id);
    new InjectedGateway(this, gateway.name, gateway);
  }
}
