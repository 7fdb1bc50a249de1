import type { Scenario } from '../scenario.ts';
import { uids } from '../scenario-clusters.ts';
import { editRecord, put, take } from '../scene-changes.ts';

const leaving = { output: 'leaving', applied: 'default' };
const former = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'former', namespace: 'sample' } };
const formerRow = '70-workloads\t-\tConfigMap\tsample\tformer';

const withFormer: NonNullable<Scenario['before']> = ({ servers }) => {
  for (const context of ['host', 'member']) {
    put(servers, context, { ...former, data: { key: 'ours' } }, 'mesh-federation');
    editRecord(servers, context, 'objects.tsv', (text) => `${formerRow}\n${text}`);
  }
};

/** The scenarios of leaving.bats. */
export const leavingScenarios: readonly Scenario[] = [
  { id: 'leaving 1.1', ...leaving },
  { id: 'leaving 6.1', ...leaving, before: withFormer },
  { id: 'leaving 7.1', ...leaving, before: withFormer },
  { id: 'leaving 8.1', ...leaving },
  { id: 'leaving 8.2', ...leaving },
  {
    id: 'leaving 9.1',
    ...leaving,
    before: ({ servers }) => take(servers, 'member', 'configmaps/kube-system/mesh-federation-demo'),
  },
  {
    id: 'leaving 10.1',
    ...leaving,
    before: ({ servers }) => {
      for (const context of ['host', 'member'])
        editRecord(
          servers,
          context,
          'clusters.tsv',
          (text) => `${text.trimEnd()}\nedge\t99999999-0000-4000-8000-000000000000`,
        );
    },
  },
  {
    id: 'leaving 11.1',
    ...leaving,
    before: ({ servers }) => {
      for (const context of ['host', 'member']) editRecord(servers, context, 'clusters.tsv', () => '');
    },
  },
  {
    id: 'leaving 12.1',
    ...leaving,
    before: ({ servers }) => {
      for (const context of ['host', 'member'])
        editRecord(servers, context, 'clusters.tsv', () => `host\t${uids.host}\nformer\t${uids.member}`);
    },
  },
];

/** Lets an earlier output have applied an object that this one does not have. */
export { withFormer };
