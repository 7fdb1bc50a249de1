import { fails } from '../../../support/servers/interruptions.ts';
import type { Scenario } from '../scenario.ts';
import { uids } from '../scenario-clusters.ts';
import { change, editRecord, put } from '../scene-changes.ts';

const applied = 'default';
const theirs = { metadata: { name: 'theirs', namespace: 'sample' } };
const istiod = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'istiod', namespace: 'default', labels: { app: 'istiod' } },
  spec: {
    selector: { matchLabels: { app: 'istiod' } },
    template: { metadata: { labels: { app: 'istiod' } }, spec: {} },
  },
};
const gateway = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'theirs', namespace: 'default' },
};

/** The scenarios of destroy.bats. */
export const destroyScenarios: readonly Scenario[] = [
  { id: 'destroy 1.1', applied, cacerts: 'apply' },
  { id: 'destroy 6.1', applied },
  {
    id: 'destroy 7.1',
    applied,
    cacerts: 'apply',
    before: ({ servers }) => put(servers, 'host', { apiVersion: 'v1', kind: 'ConfigMap', ...theirs }),
  },
  {
    id: 'destroy 8.1',
    applied,
    cacerts: 'apply',
    onCall: (_, { verb, args }) =>
      verb === 'get' && args.includes('--namespace=sample') && args.some((word) => /(^|,)configmaps(,|$)/.test(word))
        ? fails('the server is currently unable to handle the request')
        : undefined,
  },
  {
    id: 'destroy 10.1',
    applied,
    cacerts: 'apply',
    before: ({ servers }) =>
      put(servers, 'host', { apiVersion: 'types.kubefed.io/v1beta1', kind: 'FederatedService', ...theirs }),
  },
  {
    id: 'destroy 11.1',
    applied,
    cacerts: 'apply',
    before: ({ servers }) => {
      put(servers, 'host', gateway);
      put(servers, 'member', istiod);
    },
  },
  {
    id: 'destroy 12.1',
    applied,
    before: ({ servers }) => {
      for (const context of ['host', 'member'])
        for (const key of ['commands.tsv', 'created.tsv', 'progress', 'cluster', 'clusters.tsv'])
          editRecord(servers, context, key, () => '');
    },
  },
  { id: 'destroy 13.1' },
  { id: 'destroy 14.1', applied },
  {
    id: 'destroy 15.1',
    applied,
    before: ({ servers }) =>
      change(servers, 'member', 'namespaces/kube-system', ({ metadata }) => {
        metadata.uid = uids.host ?? '';
      }),
  },
  { id: 'destroy 15.2', applied },
  {
    id: 'destroy 16.1',
    applied,
    before: ({ servers }) => {
      Object.assign(servers.cluster('member'), { url: 'https://203.0.113.99:6443' });
      editRecord(servers, 'member', 'commands.tsv', () => '20-control-plane\thelm-rollback\t-\tistiod');
    },
  },
  { id: 'destroy 17.1', output: 'helm', applied: 'helm', cacerts: 'apply', args: ['--yes', 'helm'] },
  { id: 'destroy 20.1', applied },
  { id: 'destroy 20.2', applied },
  {
    id: 'destroy 25.2',
    applied,
    before: ({ servers }) => {
      editRecord(servers, 'member', 'commands.tsv', () => '45-discovery\tremote-secret\t-\t$(touch x)\t`touch x`\t-');
      editRecord(servers, 'member', 'created.tsv', () => '-\tNamespace\t-\t$(touch x)');
    },
  },
  { id: 'destroy 25.3', applied },
  { id: 'destroy 26.1', applied },
  { id: 'destroy 26.2', applied },
  { id: 'destroy 27.1', applied },
  { id: 'destroy 27.2', applied },
  { id: 'destroy 27.3', applied },
  { id: 'destroy 27.4', applied },
  { id: 'destroy 27.5', applied },
  { id: 'destroy 28.1', applied },
];
