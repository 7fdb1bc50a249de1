import { describe, expect, test } from 'vitest';

import {
  findIstioRelease,
  isNewerThanKnown,
  istioReleases,
  recommendedIstioVersion,
} from '../../../../constructs/domain/istio/releases.ts';

describe('Istio releases', () => {
  test.each(['1.7.0', '1.7.2', '1.7.8'])('%s speaks 1.7', (version) => {
    expect(findIstioRelease(version)?.dialect.name).toBe('1.7');
  });

  test.each(['1.24.0', '1.28.10', '1.31.4'])('%s speaks the current dialect', (version) => {
    expect(findIstioRelease(version)?.dialect.name).toBe('current');
  });

  test.each(['1.7.9', '1.8.0', '1.23.6', '1.24.7', '1.29.11', '1.33.0', '2.31.1'])('%s is not supported', (version) => {
    expect(findIstioRelease(version)).toBeNull();
  });

  test('a later patch of a supported minor is accepted, and known to be new', () => {
    expect(findIstioRelease('1.31.5')).toBe(istioReleases['1.31']);
    expect([isNewerThanKnown('1.31.5'), isNewerThanKnown('1.31.4')]).toEqual([true, false]);
  });

  test('the recommended version belongs to a minor that was tested here, unlike 1.32', () => {
    expect(recommendedIstioVersion).toBe('1.31.4');
    expect(istioReleases['1.32']?.notRun).not.toBeNull();
  });
});
