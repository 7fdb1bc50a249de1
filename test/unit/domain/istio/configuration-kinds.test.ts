import { expect, test } from 'vitest';
import { configuresTheMesh } from '../../../../constructs/domain/istio/configuration-kinds.ts';

test('the API group of a kind shows whether istiod reads it as configuration', () => {
  const groups = ['networking.istio.io', 'security.istio.io', 'telemetry.istio.io', 'extensions.istio.io'];
  expect(groups.map(configuresTheMesh)).toEqual([true, true, true, true]);
  expect(['', 'install.istio.io', 'sailoperator.io', 'gateway.networking.k8s.io'].map(configuresTheMesh)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
