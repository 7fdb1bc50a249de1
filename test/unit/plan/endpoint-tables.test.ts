import { describe, expect, test } from 'vitest';
import { type DeclaredServices, endpointTables, type Tables, tablesOf } from '../../support/output/endpoint-tables.ts';

const clusters = ['east', 'west', 'south'].map((name) => ({ name, network: `${name}-network` }));
const everywhere = { name: 'web' };
const inTwo = { name: 'cart', placement: ['east', 'west'], clients: ['west', 'south'] };

test('every set is written once: all clusters as `all`, fewer under the name of the first Service', () => {
  expect(tablesOf({ clusters, workloads: [everywhere, inTwo, { ...inTwo, name: 'bill' }] })).toEqual({
    'services.tsv': [
      'web.shop.svc.cluster.local 80 http all all',
      'cart.shop.svc.cluster.local 80 http cart.shop cart.shop',
      'bill.shop.svc.cluster.local 80 http cart.shop cart.shop',
    ],
    'clients.tsv': [
      'all east east-network east',
      'all west west-network east',
      'all south south-network east',
      'cart.shop west west-network east',
      'cart.shop south south-network east',
    ],
    'endpoints.tsv': [
      'all east east-network east',
      'all west west-network west',
      'all south south-network south',
      'cart.shop west west-network west',
    ],
    'gateways.tsv': [
      'east east-network gateway-address:east:15443',
      'west west-network gateway-address:west:15443',
      'south south-network gateway-address:south:15443',
    ],
  });
});

describe('the smallest difference', () => {
  /** The rows that are new and the rows that are gone, over all tables. */
  function differenceOf(before: DeclaredServices, after: DeclaredServices) {
    const all = (tables: Tables) =>
      endpointTables.flatMap((path) => (tables[path] ?? []).map((row) => `${path} ${row}`));
    const [former, latter] = [all(tablesOf(before)), all(tablesOf(after))];
    return {
      added: latter.filter((row) => !former.includes(row)),
      removed: former.filter((row) => !latter.includes(row)),
    };
  }

  const workloads = [everywhere, inTwo];

  test('one more cluster adds one row each as a client, as an endpoint and for its gateway', () => {
    const more = { name: 'north', network: 'north-network' };
    expect(differenceOf({ clusters, workloads }, { clusters: [...clusters, more], workloads })).toEqual({
      added: [
        'clients.tsv all north north-network east',
        'endpoints.tsv all north north-network north',
        'gateways.tsv north north-network gateway-address:north:15443',
      ],
      removed: [],
    });
  });

  test.each([
    ['everywhere', { name: 'aaa' }, 'all'],
    ['in the clusters of another one', { ...inTwo, name: 'aaa' }, 'cart.shop'],
  ])('one more Service %s adds one row', (_, more, set) => {
    const row = `services.tsv aaa.shop.svc.cluster.local 80 http ${set} ${set}`;
    const after = { clusters, workloads: [...workloads, more] };
    expect(differenceOf({ clusters, workloads }, after)).toEqual({ added: [row], removed: [] });
  });

  test('a Service in other clusters that is declared first adds only rows of its own', () => {
    const first = { name: 'aaa', placement: ['south'], clients: ['south'] };
    expect(differenceOf({ clusters, workloads }, { clusters, workloads: [first, ...workloads] })).toEqual({
      added: [
        'services.tsv aaa.shop.svc.cluster.local 80 http aaa.shop aaa.shop',
        'clients.tsv aaa.shop south south-network east',
        'endpoints.tsv aaa.shop south south-network south',
      ],
      removed: [],
    });
  });

  test('a leaving cluster removes only its own rows: the set of the others is still `all`', () => {
    const leaving = clusters.map((one) => (one.name === 'south' ? { ...one, state: 'leaving' } : one));
    const declared = { clusters, workloads: [everywhere] };
    expect(differenceOf(declared, { ...declared, clusters: leaving })).toEqual({
      added: [],
      removed: [
        'clients.tsv all south south-network east',
        'endpoints.tsv all south south-network south',
        'gateways.tsv south south-network gateway-address:south:15443',
      ],
    });
  });
});

const without = (name: string) => ({ name, network: 'west-network', gateway: 'none' });

test('a cluster without a gateway of its own is reached through all gateways of its network', () => {
  const twin = { name: 'twin', network: 'west-network', gateway: { address: ['203.0.113.20', '2001:db8::20'] } };
  const tables = tablesOf({ clusters: [...clusters, twin, without('edge')], workloads: [everywhere] });
  expect(tables['endpoints.tsv']).toContain('all edge west-network *');
  expect(tables['gateways.tsv']?.filter((row) => row.includes('west-network'))).toEqual([
    'west west-network gateway-address:west:15443',
    'twin west-network 203.0.113.20:15443',
    'twin west-network [2001:db8::20]:15443',
  ]);
});

test.each([{ engine: 'karmada', kubeContext: 'karmada' }, { engine: 'plain' }])(
  'with $engine the tables are the same',
  (federation) => {
    const declared = { clusters, workloads: [everywhere, inTwo] };
    expect(tablesOf({ ...declared, federation })).toEqual(tablesOf(declared));
  },
);
