import { fails } from '../../../support/servers/interruptions.ts';
import type { Scenario } from '../scenario.ts';
import { editRecord, put } from '../scene-changes.ts';
import { withFormer } from './leaving.ts';

const applied = 'default';
const rows = ['10-foundation\t-\tServiceAccount\tsample\tolder', '70-workloads\t-\tConfigMap\tsample\tformer'];

/** The scenarios of prune.bats and record.bats. */
export const recordScenarios: readonly Scenario[] = [
  { id: 'prune 2.1', applied, before: withFormer },
  {
    id: 'prune 3.1',
    applied,
    before: ({ servers }) => {
      for (const kind of ['ServiceAccount', 'ConfigMap']) {
        const metadata = { name: kind === 'ConfigMap' ? 'former' : 'older', namespace: 'sample', labels: { app: 'x' } };
        put(servers, 'member', { apiVersion: 'v1', kind, metadata }, 'mesh-federation');
      }
      editRecord(servers, 'member', 'objects.tsv', (text) => [...rows, text].join('\n'));
    },
  },
  {
    id: 'prune 4.1',
    applied,
    before: ({ servers }) => {
      put(
        servers,
        'host',
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'old', labels: { app: 'x' } } },
        'mesh-federation',
      );
      editRecord(servers, 'host', 'objects.tsv', (text) => `10-foundation\t-\tNamespace\t-\told\n${text}`);
    },
  },
  { id: 'prune 5.1', applied, before: withFormer },
  {
    id: 'record 3.1',
    onCall: (_, { verb, args, input }) =>
      verb === 'get' && /Namespace\/istio-system|"kind":"Namespace"/i.test(`${args.join(' ')} ${input}`)
        ? fails('Error from server (InternalError): the server is currently unable to handle the request')
        : undefined,
  },
  { id: 'record 6.1', applied, args: ['--yes', '--from', '60-federation'] },
  { id: 'record 7.2', applied },
  {
    id: 'record 8.3',
    applied,
    before: ({ servers }) => {
      const metadata = {
        name: 'istio-remote-secret-edge-id',
        namespace: 'istio-system',
        labels: { 'istio/multiCluster': 'true' },
      };
      put(servers, 'host', { apiVersion: 'v1', kind: 'Secret', metadata }, 'mesh-federation');
      editRecord(
        servers,
        'host',
        'commands.tsv',
        (text) => `45-discovery\tremote-secret\t-\tedge\tedge-id\t-\n${text}`,
      );
    },
  },
];
