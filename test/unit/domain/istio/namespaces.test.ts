import { expect, test } from 'vitest';
import { istioNamespaceLabels, workloadNamespaceLabels } from '../../../../constructs/domain/istio/namespaces.ts';

test('istiod injects workloads, and knows the network of a cluster by istio-system', () => {
  expect(workloadNamespaceLabels).toEqual({ 'istio-injection': 'enabled' });
  expect(istioNamespaceLabels('network1')).toEqual({ 'topology.istio.io/network': 'network1' });
});
