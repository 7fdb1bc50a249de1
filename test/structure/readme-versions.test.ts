import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  findIstioRelease,
  isNewerThanKnown,
  istioReleases,
  recommendedIstioVersion,
} from '../../constructs/domain/istio/releases.ts';
import { sailVersions } from '../../constructs/domain/istio/sail-versions.ts';
import { kubefedReleases } from '../../constructs/engines/kubefed/domain/releases.ts';

const read = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

describe('the versions that docs/choices.md names', () => {
  const text = read('docs/choices.md');
  const [, rows = ''] = text.match(/^\| Istio \| KubeFed \| Kubernetes \| when \|\n\|[-|]+\n((?:\|.*\n)+)/m) ?? [];
  const cells = rows
    .trimEnd()
    .split('\n')
    .map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  const rangeOf = (minor: string): string => {
    const [first, last] = istioReleases[minor]?.kubernetesMinors ?? [];
    return `1.${first} to 1.${last}`;
  };

  test('are releases of upstream', () => {
    const istio = [...text.matchAll(/\b1\.\d+\.\d+\b/g)].map(([version]) => version);
    expect(istio.length).toBeGreaterThan(5);
    // 1.31.2 is also a version of the Sail operator, whose numbers follow those of Istio.
    expect(istio.filter((version) => findIstioRelease(version) === null || isNewerThanKnown(version))).toEqual([]);
    const kubefed = [...text.matchAll(/\b0\.\d+\.\d+\b/g)].map(([version]) => version);
    expect(new Set(kubefed)).toEqual(new Set(Object.keys(kubefedReleases)));
  });

  test('include every minor of the table of releases, with its Kubernetes, the newest first', () => {
    const [ended, refused, tutorial] = cells.slice(-3);
    const single = cells.slice(0, -3);
    const minors = Object.keys(istioReleases).reverse();
    expect(single.map(([istio, , kubernetes]) => [istio, kubernetes])).toEqual(
      minors.slice(0, single.length).map((minor) => [`${minor}.x`, rangeOf(minor)]),
    );
    const [newest = '', ...older] = minors.slice(single.length, -1);
    const oldest = older.at(-1) ?? '';
    expect(ended?.[0]).toBe(`${oldest} to ${newest}`);
    expect(ended?.[2]).toContain(`${rangeOf(oldest)} for ${oldest}`);
    expect(ended?.[2]).toContain(`${rangeOf(newest)} for ${newest}`);
    for (const minor of [newest, ...older]) expect(istioReleases[minor]?.endOfLife, minor).not.toBeNull();
    expect(refused?.[0]).toBe(`1.8 to 1.${Number(oldest.split('.')[1]) - 1}`);
    expect([tutorial?.[0], tutorial?.[2]]).toEqual(['1.7.2', rangeOf('1.7')]);
  });

  test('recommend the versions of the default declaration', () => {
    expect(cells.find(([, , , when]) => when?.startsWith('the default, with '))?.[3]).toContain(
      recommendedIstioVersion,
    );
    expect(read('federation.yaml')).toContain(`version: ${recommendedIstioVersion}\n`);
  });

  test('include those that the Sail operator knows', () => {
    const [, first = '', last = ''] =
      text.match(/(1\.\d+\.\d+) to (1\.\d+\.\d+) only, the patches of these minors that the operator's release/) ?? [];
    expect([sailVersions.includes(first), last]).toEqual([true, sailVersions[0]]);
  });
});
