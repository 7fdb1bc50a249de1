import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakeClusters, healthyCluster } from '../support/clusters/fake-clusters.ts';
import { makeProject, synthesize } from '../support/project.ts';
import { runCommand } from '../support/run-command.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

test('a synth with the lock that discover wrote contains the clusters and the discovered address', async () => {
  // GIVEN the default declaration, without an address
  const files = ['federation.yaml', 'workloads/helloworld.yaml', 'workloads/sleep.yaml'];
  const project = makeProject(Object.fromEntries(files.map((path) => [path, read(path)])));
  const declaration = join(project, 'federation.yaml');
  expect(synthesize(declaration)['plan.tsv']).toContain('gateway-address:host');
  expect((await runCommand(['synth', '-f', declaration])).status).toBe(0);
  // WHEN
  fakeClusters(project, {
    host: healthyCluster('10625018-0000-4000-8000-000000000000'),
    member: healthyCluster('43f55a35-0000-4000-8000-000000000000'),
  });
  expect((await runCommand(['discover', '-f', declaration])).status).toBe(0);
  // THEN
  const output = synthesize(declaration);
  const rows = (output['plan.tsv'] ?? '').trim().split('\n').slice(1);
  expect(rows.filter((row) => row.split('\t')[3] === '-')).toEqual([]);
  expect(output['plan.tsv']).not.toContain('gateway-address:');
  expect(output['member/40-remote/istiod.yaml']).toContain('remotePilotAddress: 203.0.113.10');
});
