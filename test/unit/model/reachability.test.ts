import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadFederation, reachabilityOf } from '../../../constructs/index.ts';

const root = join(import.meta.dirname, '../../..');

// The connections as lines, in the form of firewall rules.
function reachOf(declaration: string): readonly string[] {
  return reachabilityOf(loadFederation(join(root, declaration)).federation).map(
    ({ from, to, purpose, addresses, port }) =>
      `${from} > ${to} ${purpose} ${addresses.join(',') || '-'}:${port ?? '-'}`,
  );
}

test('a primary and its remote in another network', () => {
  expect(reachOf('examples/helm.yaml')).toEqual([
    'host > member calls -:-',
    'host > member registry -:-',
    'host > member federation -:-',
    'member > host calls 203.0.113.10:15443',
    'member > host discovery 203.0.113.10:15012',
    'member > host injection 203.0.113.10:15017',
  ]);
});

test('clusters of one network need no gateway between them, and a local injector needs only discovery', () => {
  const lines = reachOf('examples/mixed-networks.yaml');
  expect(lines.filter((line) => /^(beijing > guangzhou|guangzhou > beijing) /.test(line))).toEqual([
    'beijing > guangzhou registry -:-',
    'beijing > guangzhou federation -:-',
    'guangzhou > beijing discovery 203.0.113.11:15012',
    'guangzhou > beijing injection 203.0.113.11:15017',
  ]);
  expect(lines.filter((line) => line.startsWith('chengdu > beijing '))).toEqual([
    'chengdu > beijing calls 203.0.113.11:443',
    'chengdu > beijing discovery 203.0.113.11:15012',
  ]);
  expect(lines).toContain('beijing > shanghai registry 203.0.113.20:6443');
  expect(lines).toContain('chengdu > shanghai calls 203.0.113.21,2001:db8::21:443');
  expect(lines.filter((line) => line.includes('> guangzhou calls'))).toEqual([]);
});

test('every primary reads every cluster', () => {
  const readers = reachOf('examples/multi-primary.yaml').filter((line) => line.includes('registry'));
  expect(readers.map((line) => line.split(' registry')[0])).toEqual([
    'frankfurt > virginia',
    'frankfurt > singapore',
    'virginia > frankfurt',
    'virginia > singapore',
    'singapore > frankfurt',
    'singapore > virginia',
  ]);
});

test('Istio 1.7 has the injector in every cluster', () => {
  expect(reachOf('examples/tutorial.yaml').filter((line) => line.includes('injection'))).toEqual([]);
});
