import { Chart } from 'cdk8s';
// Only the typed core kinds: the package's index also loads every higher-level construct at each start.
import { KubeNamespace } from 'cdk8s-plus-25/lib/imports/k8s';
import type { Construct } from 'constructs';
import { setCause } from '../parts/cause.ts';
import type { Component } from '../plan/component.ts';

/** Plain namespaces with their labels. */
export class NamespacesChart extends Chart {
  constructor(scope: Construct, id: string, { namespaces }: Extract<Component, { kind: 'namespaces' }>) {
    super(scope, id);
    for (const { name, labels, annotations, cause } of namespaces) {
      const namespace = new KubeNamespace(this, name, {
        metadata: { name, labels: { ...labels }, annotations: { ...annotations } },
      });
      setCause(namespace, cause);
    }
  }
}
