import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { toTemplate } from '../model/template.ts';
import { FederatedObject } from '../parts/federated-object.ts';
import type { KubeFedContent } from '../plan/engines/kubefed-components.ts';

/** The objects of a workload that KubeFed delivers. */
export class FederatedObjectsChart extends Chart {
  constructor(scope: Construct, id: string, { objects }: Extract<KubeFedContent, { kind: 'federatedObjects' }>) {
    super(scope, id);
    for (const { object, placement, overrides, retainsReplicas } of objects) {
      const { kind, metadata } = object;
      const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : null;
      const template = toTemplate(object);
      new FederatedObject(this, `${kind}-${metadata.name}`, {
        kind,
        annotations: {},
        name: metadata.name,
        namespace,
        template,
        placement,
        overrides,
        retainsReplicas,
      });
    }
  }
}
