import type { ChartClasses } from '../../../charts/define.ts';
import type { KubeFedContent } from '../plan/components.ts';
import { FederatedNamespacesChart } from './federated-namespaces.ts';
import { FederatedObjectsChart } from './federated-objects.ts';
import { FederatedTypesChart } from './federated-types.ts';

/** A class for each kind of content that KubeFed's files hold. */
export const kubefedCharts: ChartClasses<KubeFedContent> = {
  federatedNamespaces: FederatedNamespacesChart,
  federatedTypes: FederatedTypesChart,
  federatedObjects: FederatedObjectsChart,
};
