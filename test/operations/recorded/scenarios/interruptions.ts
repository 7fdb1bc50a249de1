import type { Servers } from '../../../support/servers/servers.ts';
import type { Scenario } from '../scenario.ts';
import { put } from '../scene-changes.ts';
import { expectingAnotherAddress } from './apply.ts';

const metadata = { name: 'former', namespace: 'sample' };
const podLabels = { app: 'former' };
const former = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: {
    selector: { matchLabels: podLabels },
    template: { metadata: { labels: podLabels }, spec: { containers: [] } },
  },
};
const record = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'mesh-federation-demo', namespace: 'kube-system' },
  data: { 'objects.tsv': '70-workloads\tapps\tDeployment\tsample\tformer\n' },
};

// A version before the first one that recorded more than objects has applied a Deployment.
function appliedLongAgo(servers: Servers): void {
  for (const context of ['host', 'member']) {
    put(servers, context, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'sample' } });
    put(servers, context, former, 'mesh-federation');
    put(servers, context, record, 'mesh-federation');
  }
}

/** The runs of interruptions.bats that nobody interrupts. The first one does everything that a run can do. */
export const interruptionScenarios: readonly Scenario[] = [
  { id: 'interruptions 1.1', cacerts: 'nobody', before: ({ servers }) => appliedLongAgo(servers) },
  {
    id: 'interruptions 8.1',
    cacerts: 'nobody',
    before: ({ servers, editPlan }) => {
      appliedLongAgo(servers);
      editPlan(expectingAnotherAddress);
    },
  },
];
