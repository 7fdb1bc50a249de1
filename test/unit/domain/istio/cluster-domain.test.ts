import { expect, test } from 'vitest';
import { passthroughHosts, serviceHost } from '../../../../constructs/domain/istio/cluster-domain.ts';

test('a Service is named by itself, its namespace and the domain', () => {
  expect(serviceHost('web', 'shop', 'cluster.corp')).toBe('web.shop.svc.cluster.corp');
});

test.each([
  ['cluster.local', '*.local'],
  ['cluster.corp', '*.cluster.corp'],
  ['corp', '*.corp'],
])('with the domain %s a gateway lets calls to %s through', (domain, host) => {
  expect(passthroughHosts(domain)).toEqual([host]);
});
