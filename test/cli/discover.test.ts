import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject, synthesize } from '../support/project.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

test('a synth with the lock that discover.sh wrote contains the clusters and the discovered address', () => {
  // GIVEN the default declaration, without an address
  const files = ['federation.yaml', 'workloads/helloworld.yaml', 'workloads/sleep.yaml'];
  const project = makeProject(Object.fromEntries(files.map((path) => [path, read(path)])));
  const declaration = join(project, 'federation.yaml');
  const before = synthesize(declaration)['plan.tsv'];
  expect(before).toContain('gateway-address:host');
  // WHEN discover.sh asks recorders, which stand in for its clusters
  const world = join(project, 'world');
  mkdirSync(world);
  execFileSync(join(root, 'dist/discover.sh'), [join(project, 'federation.lock.yaml')], {
    env: {
      ...process.env,
      PATH: `${join(root, 'test/scripts/support/bin')}:${process.env.PATH}`,
      RECORD: join(project, 'record'),
      WORLD: world,
    },
    stdio: 'ignore',
  });
  // THEN
  const output = synthesize(declaration);
  const rows = (output['plan.tsv'] ?? '').trim().split('\n').slice(1);
  expect(rows.filter((row) => row.split('\t')[3] === '-')).toEqual([]);
  expect(output['plan.tsv']).not.toContain('gateway-address:');
  expect(output['member/40-remote/istiod.yaml']).toContain('remotePilotAddress: 203.0.113.10');
});
