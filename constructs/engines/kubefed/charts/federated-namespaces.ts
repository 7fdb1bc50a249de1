import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { setCause } from '../../../parts/cause.ts';
import type { KubeFedContent } from '../plan/components.ts';
import { FederatedNamespace } from './federated-namespace.ts';

/** Namespaces that the federation engine creates in the other clusters. */
export class FederatedNamespacesChart extends Chart {
  constructor(scope: Construct, id: string, { namespaces }: Extract<KubeFedContent, { kind: 'federatedNamespaces' }>) {
    super(scope, id);
    for (const { cause, ...props } of namespaces) setCause(new FederatedNamespace(this, props.name, props), cause);
  }
}
