import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { KubeConfigMap, KubeDeployment } from 'cdk8s-plus-25/lib/imports/k8s';
import { loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import {
  defineCharts,
  loadFederation,
  ProblemsError,
  planFederation,
  renderOutput,
  type WorkloadConstructs,
} from '../../../constructs/index.ts';
import { makeProject } from '../../support/project.ts';

const declaration = `name: demo
istio: {version: 1.31.4}
federation: {engine: plain}
clusters:
  - {name: host, role: host, network: network1}
  - {name: member, role: member, network: network2}
workloads:
  - name: shop
    namespace: shop
    overrides:
      member: [{resource: Deployment/shop, replicas: 3}]
`;

function synthesize(constructs: WorkloadConstructs): Readonly<Record<string, string>> {
  const directory = makeProject({ 'federation.yaml': declaration });
  const plan = planFederation(loadFederation(join(directory, 'federation.yaml'), constructs).federation);
  const { files } = renderOutput(plan, defineCharts(plan));
  return Object.fromEntries(files.map(({ path, content }) => [path, content]));
}

const shop: WorkloadConstructs = {
  shop: (scope) => {
    new KubeConfigMap(scope, 'settings', { data: { currency: 'EUR', port: '0644', flag: 'yes' } });
    new KubeDeployment(scope, 'deployment', {
      metadata: { name: 'shop' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'shop' } },
        template: {
          metadata: { labels: { app: 'shop' } },
          spec: { containers: [{ name: 'shop', image: 'registry.example/shop:1.0' }] },
        },
      },
    });
  },
};

describe('a workload in TypeScript', () => {
  test('is delivered like any other, with its overrides, and names without hashes', () => {
    const files = synthesize(shop);
    const [settings, deployment] = loadAll(files['member/70-workloads/shop.yaml'] ?? '');
    expect(settings).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'shop-settings', namespace: 'shop' },
      data: { currency: 'EUR', port: '0644', flag: 'yes' },
    });
    expect(deployment).toMatchObject({ metadata: { name: 'shop', namespace: 'shop' }, spec: { replicas: 3 } });
    expect(loadAll(files['host/70-workloads/shop.yaml'] ?? '')[1]).toMatchObject({ spec: { replicas: 1 } });
  });

  test('is checked by every rule', () => {
    const wrong: WorkloadConstructs = {
      shop: (scope) => {
        new ApiObject(scope, 'secret', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'shop' } });
        shop.shop?.(scope);
      },
    };
    expect(() => synthesize(wrong)).toThrow(ProblemsError);
    expect(() => synthesize(wrong)).toThrow(/^constructs of shop:2:7 .*\[manifest-holds-no-secret-data\]$/m);
  });

  test('that defines nothing is a mistake', () => {
    expect(() => synthesize({ shop: () => undefined })).toThrow(/\[manifest-file-is-not-empty\]/);
  });
});
