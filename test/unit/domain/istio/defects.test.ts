import { describe, expect, test } from 'vitest';
import { findIstioDefects, istioDefects } from '../../../../constructs/domain/istio/defects.ts';

describe('the defects of a version', () => {
  const named = (version: string) =>
    findIstioDefects(version).map(({ what }) => /\(([^)]*)\)$/.exec(what)?.[1] ?? what);

  const analyze = expect.stringContaining('istioctl analyze');
  const gateways = expect.stringContaining('several gateways');
  const advisory = 'GHSA-qm8v-g4f9-qhjx';
  const leak = 'istio/istio 60033';
  const waypoint = 'istio/istio 61092';

  test.each([
    ['1.24.0', [analyze]],
    ['1.29.6', [waypoint, gateways, leak, analyze, advisory]],
    ['1.29.7', [gateways, analyze]],
    ['1.29.8', []],
    ['1.29.10', []],
    ['1.30.3', ['istio/istio 60920', 'istio/istio 61043', waypoint, gateways, leak, analyze, advisory]],
    ['1.30.4', [gateways, analyze]],
    ['1.30.5', []],
    ['1.31.0', [leak, analyze, advisory]],
    ['1.31.1', []],
    ['1.31.4', []],
    ['1.32.0', []],
  ])('of %s', (version, expected) => {
    expect(named(version)).toEqual(expected);
  });

  test('of 1.7 are never fixed', () => {
    expect(named('1.7.8')).toEqual(['CVE-2021-31921', expect.stringContaining('its single gateway')]);
  });

  test('of 1.30.2 include the secret that is never read again', () => {
    expect(named('1.30.2')).toContain('istio/istio 60612');
  });
});

test('no version that a fix recommends has the same defect', () => {
  for (const { fix, what } of istioDefects) {
    for (const [version] of fix.matchAll(/\b1\.\d+\.\d+\b/g))
      expect(findIstioDefects(version).map((one) => one.what)).not.toContain(what);
  }
});
