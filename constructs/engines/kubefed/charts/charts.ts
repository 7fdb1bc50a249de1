import type { ChartClasses } from '../../../charts/define.ts';
import type { KubeFedContent } from '../plan/components.ts';
import { FederatedNamespacesChart } from './federated-namespaces.ts';
import { FederatedObjectsChart } from './federated-objects.ts';
import { FederatedTypesChart } from './federated-types.ts';

/** Maps each kind of content in KubeFed's files to a chart class. */
export const kubefedCharts: ChartClasses<KubeFedContent> = {
  federatedNamespaces: FederatedNamespacesChart,
  federatedTypes: FederatedTypesChart,
  federatedObjects: FederatedObjectsChart,
};
