import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-25';
import type { Construct } from 'constructs';
import { setCause } from '../parts/cause.ts';
import type { Component } from '../plan/component.ts';

/** Plain namespaces with their labels. */
export class NamespacesChart extends Chart {
  constructor(scope: Construct, id: string, { namespaces }: Extract<Component, { kind: 'namespaces' }>) {
    super(scope, id);
    for (const { name, labels, cause } of namespaces) {
      const namespace = new k8s.KubeNamespace(this, name, { metadata: { name, labels: { ...labels } } });
      setCause(namespace, cause);
    }
  }
}
