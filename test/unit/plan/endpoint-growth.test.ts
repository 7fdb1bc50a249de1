import { expect, test } from 'vitest';
import { type DeclaredServices, tablesOf } from '../../support/output/endpoint-tables.ts';

type Facts = Readonly<Record<string, unknown>>;

const workloads = [{ name: 'web' }, { name: 'cart', placement: ['c-0', 'c-1'] }];

const federationOf = (count: number, factsOf: (index: number) => Facts, version = '1.31.4'): DeclaredServices => ({
  version,
  clusters: Array.from({ length: count }, (_, index) => ({ name: `c-${index}`, ...factsOf(index) })),
  workloads,
});

const inTwoNetworks = (index: number): Facts => ({ network: `n-${index % 2}` });

/** Federations of a given number of clusters, in every shape in which a table could have a row per pair of clusters. */
const shapes: Readonly<Record<string, (count: number) => DeclaredServices>> = {
  'each in a network of its own': (count) => federationOf(count, (index) => ({ network: `n-${index}` })),
  'all in one network': (count) => federationOf(count, () => ({ network: 'one' })),
  'half in each of two networks': (count) => federationOf(count, inTwoNetworks),
  'behind the gateways of half of them': (count) =>
    federationOf(count, (index) => ({ ...inTwoNetworks(index), ...(index < count / 2 ? {} : { gateway: 'none' }) })),
  'behind every gateway of their network, as with Istio 1.7': (count) => federationOf(count, inTwoNetworks, '1.7.2'),
};

// With a row for each pair of clusters there would be four times as many rows.
test.each(Object.entries(shapes))('twice the clusters need at most twice the rows: %s', (_, declare) => {
  const rows = (count: number): number =>
    Object.values(tablesOf(declare(count))).reduce((sum, table) => sum + table.length, 0);
  const before = rows(12);
  expect(before).toBeGreaterThan(2 * 12);
  expect(rows(24)).toBeLessThanOrEqual(2 * before);
});
