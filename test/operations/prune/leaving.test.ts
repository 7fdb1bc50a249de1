import { describe, expect, test } from 'vitest';
import type { PlanJson } from '../../../constructs/delivery/tables/plan-json.ts';
import { isPrunedIn } from '../../../operations/apply/pruned-clusters.ts';
import type { Output } from '../../../operations/plan/output.ts';
import { comingRecord } from '../../../operations/record/coming-record.ts';
import { parseRecord, renderRecord } from '../../../operations/record/record-rows.ts';
import type { Run } from '../../../operations/run/run.ts';
import { withPlan } from '../destroy/destroy-run.ts';

const clusters = new Map([
  ['host', { isLeaving: false }],
  ['member', { isLeaving: true }],
]);
const pruned = (options: Partial<Parameters<typeof isPrunedIn>[1]>): readonly string[] => {
  const isPruned = isPrunedIn({ clusters } as unknown as Run, { prunes: false, only: [], to: null, ...options });
  return [...clusters.keys()].filter(isPruned);
};

describe('a cluster that leaves', () => {
  test('is pruned without --prune, and no other one is', () => {
    expect(pruned({})).toEqual(['member']);
    expect(pruned({ prunes: true })).toEqual(['host', 'member']);
  });

  test('is not pruned with --only, since others may still send calls there', () => {
    expect(pruned({ only: ['member'] })).toEqual([]);
    expect(pruned({ only: ['member'], prunes: true })).toEqual(['member']);
  });

  test('is not pruned by a run that ends before the last wave', () => {
    expect(pruned({ to: '60-federation', prunes: true })).toEqual([]);
  });
});

describe('the record', () => {
  const empty: PlanJson = { format: 1, federation: 'demo', declaration: 'federation.yaml', steps: [] };
  const read = { name: 'member', istioCluster: 'member', apiServer: null };
  const members = ['host', 'member'].map((name) => ({ name, uid: `uid-of-${name}` }));
  const outputOf = (plan: PlanJson): Output => ({
    directory: '',
    plan,
    objects: [],
    textOf: () => '',
    checksumOf: () => '',
  });

  test('does not list that a remote secret was removed, since nothing of that is undone', () => {
    const reading = withPlan(empty, 'host', 'remote-secret', { undo: 'remote-secret', wave: 'discovery', read });
    const gone = withPlan(empty, 'host', 'remote-secret-gone', { wave: 'discovery', read });
    expect(comingRecord(null, outputOf(reading), 'host', members).commands).toHaveLength(1);
    expect(comingRecord(null, outputOf(gone), 'host', members).commands).toEqual([]);
  });

  test('lists all clusters of the plan, and one of an earlier version need not', () => {
    const record = comingRecord(null, outputOf(empty), 'host', members);
    const { 'clusters.tsv': text = '', ...earlier } = renderRecord(record);
    expect(text).toBe('host\tuid-of-host\nmember\tuid-of-member\n');
    expect(parseRecord('demo', earlier)?.members).toEqual([]);
    expect(parseRecord('demo', { 'objects.tsv': '', cluster: 'host' })?.members).toEqual([]);
  });

  test('of an earlier version has other names and another checksum, and is read', () => {
    const wave = '05-federation-control-plane';
    const commands = `${wave}\tjoin\t-\tmember\tmember\t-\n${wave}\tinstall-engine\t-\tkubefed\t0.10.0\n`;
    const record = parseRecord('demo', { cluster: 'host', 'commands.tsv': commands, progress: '70-workloads\t123456' });
    expect(record?.commands.map(({ undo }) => undo)).toEqual(['kubefed-join', 'kubefed-install-engine']);
    expect(record?.progress).toBe(null);
  });
});
