import { ApiObject } from 'cdk8s';
import { dump } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { loadFederation } from '../../../constructs/index.ts';
import { findingsOf } from '../../support/mistakes.ts';
import { makeProject } from '../../support/project.ts';

const service = (spec: object, name = 'web'): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { ports: [{ name: 'http', port: 80, protocol: 'TCP' }], ...spec },
});
const template = (labels: object): object => ({
  metadata: { labels },
  spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'registry.example/a:1.0' }] },
});
const deployment = (labels: object, name = 'web'): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    selector: { matchLabels: labels },
    template: { ...template(labels), spec: { containers: [{ name: 'a', image: 'registry.example/a:1.0' }] } },
  },
});

interface Workload {
  readonly objects: readonly object[];
  readonly [key: string]: unknown;
}

/** `expected: fix` of every warning about selectors. */
function warningsOf(...workloads: readonly Workload[]): readonly string[] {
  const files = workloads.map(({ objects }, index) => [`${index}.yaml`, objects.map((one) => dump(one)).join('---\n')]);
  const declaration = {
    name: 'demo',
    istio: { version: '1.31.4' },
    federation: { engine: 'plain' },
    clusters: [
      { name: 'host', role: 'host', network: 'a' },
      { name: 'member', role: 'member', network: 'a' },
    ],
    workloads: workloads.map(({ objects: _, ...more }, index) => ({
      name: `w${index}`,
      namespace: 'shop',
      manifests: [`${index}.yaml`],
      ...more,
    })),
  };
  return findingsOf({ 'federation.yaml': dump(declaration), ...Object.fromEntries(files) }).map(
    ({ rule, expected, fix }) => (rule === 'service-selects-no-pods' ? `${expected}: ${fix}` : `[${rule}]`),
  );
}

const none = /^pods behind the Service: no workload of this declaration has pods in namespace shop/;
const selector = { app: 'web' };

describe('a Service is fine', () => {
  test.each<[string, readonly Workload[]]>([
    ['with pods in its workload', [{ objects: [service({ selector }), deployment({ app: 'web', version: 'v1' })] }]],
    [
      'with pods in another workload of the namespace',
      [{ objects: [service({ selector })] }, { objects: [deployment(selector)] }],
    ],
    [
      'with pods in one of its clusters',
      [{ objects: [service({ selector })] }, { objects: [deployment(selector)], placement: ['member'] }],
    ],
    ['without a selector', [{ objects: [service({})] }]],
    ['with an empty selector', [{ objects: [service({ selector: {} })] }]],
    ['that is headless', [{ objects: [service({ selector, clusterIP: 'None' })] }]],
    ['of type ExternalName', [{ objects: [service({ selector, type: 'ExternalName', externalName: 'a.example' })] }]],
    [
      'with the pods of a Job, of a CronJob or of a Pod',
      [
        {
          objects: [
            service({ selector }),
            { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' }, spec: { template: template(selector) } },
          ],
        },
        {
          namespace: 'tidy',
          objects: [
            service({ selector }),
            {
              apiVersion: 'batch/v1',
              kind: 'CronJob',
              metadata: { name: 'a' },
              spec: { schedule: '0 1 * * *', jobTemplate: { spec: { template: template(selector) } } },
            },
          ],
        },
        {
          namespace: 'one',
          objects: [
            service({ selector }),
            {
              apiVersion: 'v1',
              kind: 'Pod',
              metadata: { name: 'a', labels: selector },
              spec: { containers: [{ name: 'a', image: 'registry.example/a:1.0' }] },
            },
          ],
        },
      ],
    ],
    [
      'with no replica',
      [
        {
          objects: [
            service({ selector }),
            { ...deployment(selector), spec: { replicas: 0, ...(deployment(selector) as { spec: object }).spec } },
          ],
        },
      ],
    ],
    [
      'whose pods may come from a custom kind',
      [
        {
          objects: [
            service({ selector }),
            { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' } },
          ],
        },
      ],
    ],
    [
      'whose pods may come from a Gateway',
      [
        {
          objects: [
            service({ selector }),
            { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'web' } },
          ],
        },
      ],
    ],
    [
      'of a version that an override makes in one cluster',
      [
        {
          objects: [service({ selector: { app: 'web', version: 'v2' } }), deployment({ app: 'web' })],
          overrides: {
            member: [
              {
                resource: 'Deployment/web',
                patches: [{ op: 'add', path: '/spec/template/metadata/labels/version', value: 'v2' }],
              },
            ],
          },
        },
      ],
    ],
    [
      'of a version that an override replaces in one cluster',
      [
        {
          objects: [service({ selector: { version: 'v1' } }), deployment({ app: 'web', version: 'v1' })],
          overrides: { member: [{ resource: 'Deployment/web', labels: { version: 'v2' } }] },
        },
      ],
    ],
  ])('%s', (_, workloads) => {
    expect(warningsOf(...workloads).filter((text) => !text.startsWith('[override-changes-a-selector'))).toEqual([]);
  });
});

describe('a Service is warned of', () => {
  test('with a misspelt value', () => {
    expect(warningsOf({ objects: [service({ selector: { app: 'wbe' } }), deployment(selector)] })).toEqual([
      'labels of pods in namespace shop: {app: web}: did you mean "web"?',
    ]);
  });

  test('with a misspelt key', () => {
    expect(warningsOf({ objects: [service({ selector: { apps: 'web' } }), deployment(selector)] })).toEqual([
      'labels of pods in namespace shop: {app: web}: did you mean "app"?',
    ]);
  });

  test('with a UDP port, too', () => {
    const ports = [{ name: 'dns', port: 53, protocol: 'UDP' }];
    expect(warningsOf({ objects: [service({ selector: { app: 'dns' }, ports }), deployment(selector)] })).toEqual([
      'labels of pods in namespace shop: {app: web}: correct the selector, or the labels of the pods',
    ]);
  });

  test('without pods in its namespace', () => {
    expect(
      warningsOf({ objects: [service({ selector })] }, { namespace: 'other', objects: [deployment(selector)] }),
    ).toEqual([expect.stringMatching(none)]);
  });

  test('with objects of Istio beside it, which make no pods', () => {
    const rule = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name: 'web' },
      spec: { host: 'web' },
    };
    expect(warningsOf({ objects: [service({ selector }), rule] })).toEqual([expect.stringMatching(none)]);
  });

  test('with pods in other clusters only', () => {
    const workload = {
      objects: [service({ selector }), deployment(selector)],
      placement: ['member'],
      clients: ['host'],
    };
    expect(warningsOf(workload)).toEqual([
      'the Service where its pods run: they run in member, and the Service is in host: add member to clients',
    ]);
  });

  test('whose pods lose the label by an override in every cluster', () => {
    const override = [{ resource: 'Deployment/web', labels: { app: 'other' } }];
    const workload = {
      objects: [service({ selector }), deployment(selector)],
      overrides: { host: override, member: override },
    };
    expect(warningsOf(workload).filter((text) => !text.startsWith('[override-changes-a-selector'))).toEqual([
      'a selector that the pods have in some cluster: overrides change it, or their labels, in all of them: leave the labels of the selector out of the overrides',
    ]);
  });
});

test('constructs make pods, too', () => {
  const declaration = `name: demo
istio: {version: 1.31.4}
federation: {engine: plain}
clusters:
  - {name: host, role: host, network: a}
  - {name: member, role: member, network: a}
workloads:
  - {name: web, namespace: shop, manifests: [web.yaml]}
`;
  const project = makeProject({ 'federation.yaml': declaration, 'web.yaml': dump(service({ selector })) });
  const { warnings } = loadFederation(`${project}/federation.yaml`, {
    web: (scope) => {
      new ApiObject(scope, 'web', { ...deployment(selector), apiVersion: 'apps/v1', kind: 'Deployment' });
    },
  });
  expect(warnings).toEqual([]);
});
