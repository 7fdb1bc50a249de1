import { expect, test } from 'vitest';
import { leadsNowhere } from '../../../../constructs/domain/addresses/unreachable.ts';

test.each([
  ['0.0.0.0', 'no host'],
  ['127.8.0.1', 'the caller itself'],
  ['169.254.169.254', 'hosts of one link only'],
  ['239.1.1.1', 'a group of hosts'],
  ['255.255.255.255', 'no host'],
  ['::', 'no host'],
  ['::1', 'the caller itself'],
  ['fe80::1', 'hosts of one link only'],
  ['febf::1', 'hosts of one link only'],
  ['ff02::1', 'a group of hosts'],
  ['::ffff:127.0.0.1', 'the caller itself'],
  ['localhost', 'the caller itself'],
  ['gateway.localhost', 'the caller itself'],
  ['istio-eastwestgateway.istio-system.svc', 'a Service of the cluster that asks'],
  ['istio-eastwestgateway.istio-system.svc.cluster.local', 'a Service of the cluster that asks'],
])('%s leads to %s', (address, kind) => {
  expect(leadsNowhere(address)).toBe(kind);
});

test.each([
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '203.0.113.10',
  '2001:db8::1',
  'fd00::1',
  '::ffff:203.0.113.1',
  'lb.example.com',
  'svc.example.com',
  'localhost.example.com',
])('%s may be reached from other networks', (address) => {
  expect(leadsNowhere(address)).toBeNull();
});
