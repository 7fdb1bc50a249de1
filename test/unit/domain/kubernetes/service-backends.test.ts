import { describe, expect, test } from 'vitest';
import { runningPodsOf, selects, spreadServiceOf } from '../../../../constructs/domain/kubernetes/service-backends.ts';

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    selector: { app: 'web' },
    ports: [
      { name: 'http', port: 80 },
      { name: 'dns', port: 53, protocol: 'UDP' },
    ],
  },
};

describe('a Service', () => {
  test('spreads calls of its TCP ports over the pods that it selects', () => {
    expect(spreadServiceOf(service)).toEqual({
      namespace: 'shop',
      name: 'web',
      selector: { app: 'web' },
      ports: [{ port: 80, isHttp: true }],
    });
  });

  test.each([
    ['is headless', { ...service.spec, clusterIP: 'None' }],
    ['is another name', { ...service.spec, type: 'ExternalName' }],
    ['selects nobody', { ...service.spec, selector: {} }],
    ['has no TCP port', { ...service.spec, ports: [{ port: 53, protocol: 'UDP' }] }],
  ])('that %s spreads none', (_, spec) => {
    expect(spreadServiceOf({ ...service, spec })).toBeNull();
  });
});

test('pods run if a controller keeps them running, with a sidecar unless they refuse it', () => {
  const template = { metadata: { labels: { app: 'web' } } };
  expect(runningPodsOf({ kind: 'Deployment', spec: { template } })).toEqual({
    labels: { app: 'web' },
    isInjected: true,
  });
  expect(runningPodsOf({ kind: 'Deployment', spec: { template, replicas: 0 } })).toBeNull();
  expect(runningPodsOf({ kind: 'Job', spec: { template } })).toBeNull();
  const refusing = { metadata: { labels: { 'sidecar.istio.io/inject': 'false' } } };
  expect(runningPodsOf({ kind: 'Pod', ...refusing })?.isInjected).toBe(false);
});

test('a selector matches only pods with all of its labels', () => {
  expect(selects({ app: 'web' }, { app: 'web', version: 'v1' })).toBe(true);
  expect(selects({ app: 'web', version: 'v2' }, { app: 'web', version: 'v1' })).toBe(false);
});
