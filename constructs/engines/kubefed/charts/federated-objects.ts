import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { namespaceOf } from '../../../domain/kubernetes/object.ts';
import { toTemplate } from '../domain/template.ts';
import type { KubeFedContent } from '../plan/components.ts';
import { FederatedObject } from './federated-object.ts';

/** The objects of a workload that KubeFed delivers. */
export class FederatedObjectsChart extends Chart {
  constructor(scope: Construct, id: string, { objects }: Extract<KubeFedContent, { kind: 'federatedObjects' }>) {
    super(scope, id);
    for (const { object, placement, overrides, retainsReplicas } of objects) {
      const { kind, metadata } = object;
      const template = toTemplate(object);
      new FederatedObject(this, `${kind}-${metadata.name}`, {
        kind,
        annotations: {},
        name: metadata.name,
        namespace: namespaceOf(object),
        template,
        placement,
        overrides,
        retainsReplicas,
      });
    }
  }
}
