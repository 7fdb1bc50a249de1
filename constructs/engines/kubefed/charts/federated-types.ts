import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { federatedCrd, federatedTypeConfig } from '../domain/type-config.ts';
import type { KubeFedContent } from '../plan/components.ts';

interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * The objects that KubeFed needs to federate kinds that its chart does not enable: first the CRD, then the type config
 * that enables it.
 */
export class FederatedTypesChart extends Chart {
  constructor(scope: Construct, id: string, { kinds }: Extract<KubeFedContent, { kind: 'federatedTypes' }>) {
    super(scope, id);
    for (const kind of kinds) {
      new ApiObject(this, `crd-${kind.plural}`, federatedCrd(kind) as unknown as KubernetesObject);
      new ApiObject(this, `type-${kind.plural}`, federatedTypeConfig(kind) as unknown as KubernetesObject);
    }
  }
}
