import { describe, expect, test } from 'vitest';
import { findIstioDefects, istioDefects } from '../../../../constructs/domain/istio/defects.ts';

describe('the defects of a version', () => {
  const named = (version: string) =>
    findIstioDefects(version).map(({ what }) => /\(([^)]*)\)$/.exec(what)?.[1] ?? what);

  test.each([
    ['1.7.8', 2],
    ['1.24.0', 2],
    ['1.29.6', 3],
    ['1.29.7', 2],
    ['1.30.2', 7],
    ['1.30.3', 6],
    ['1.30.4', 3],
    ['1.30.5', 1],
    ['1.31.0', 3],
    ['1.31.1', 0],
    ['1.31.4', 0],
    ['1.32.0', 0],
  ])('%s has %i', (version, count) => {
    expect(findIstioDefects(version)).toHaveLength(count);
  });

  test('are those that upstream has named', () => {
    expect(named('1.30.2')).toEqual([
      'istio/istio 60920',
      'istio/istio 61043',
      'istio/istio 60612',
      'istio/istio 61092',
      expect.stringContaining('several gateways'),
      expect.stringContaining('istioctl analyze'),
      'GHSA-qm8v-g4f9-qhjx',
    ]);
    expect(named('1.31.0')).toContain('istio/istio 60033');
  });
});

test('no version that a fix names has that defect itself', () => {
  for (const { fix, what } of istioDefects) {
    for (const [version] of fix.matchAll(/\b1\.\d+\.\d+\b/g))
      expect(findIstioDefects(version).map((one) => one.what)).not.toContain(what);
  }
});
