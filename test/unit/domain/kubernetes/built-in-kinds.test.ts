import { expect, test } from 'vitest';
import {
  builtInKinds,
  findRemoved,
  kindsByShortName,
  removedVersions,
  versionsOfKind,
} from '../../../../constructs/domain/kubernetes/built-in-kinds.ts';
import schema from '../../../../schemas/kubernetes.schema.json' with { type: 'json' };

test('the versions of a kind begin with the current one', () => {
  expect(versionsOfKind('HorizontalPodAutoscaler')).toEqual(['autoscaling/v2', 'autoscaling/v1']);
  expect(versionsOfKind('Deployment')).toEqual(['apps/v1']);
  expect(versionsOfKind('Rollout')).toEqual([]);
});

test('a removed version names its minor and what follows it', () => {
  expect(findRemoved('extensions/v1beta1', 'Ingress')).toMatchObject({
    removedIn: 22,
    replacement: 'networking.k8s.io/v1',
  });
  expect(findRemoved('policy/v1beta1', 'PodSecurityPolicy')?.replacement).toBeNull();
  expect(findRemoved('apps/v1', 'Deployment')).toBeUndefined();
});

test('every kind whose manifests are checked is in the table', () => {
  const unknown = Object.keys(schema.kinds).filter((name) => {
    const [, apiVersion = '', kind = ''] = name.match(/^(.*)\/(\w+)$/) ?? [];
    return builtInKinds[apiVersion]?.includes(kind) !== true;
  });
  expect(unknown).toEqual([]);
});

test('a replacement serves the kinds, and a removed version does not', () => {
  for (const { apiVersion, kinds, replacement } of removedVersions)
    for (const kind of kinds) {
      expect([kind, apiVersion, versionsOfKind(kind).includes(apiVersion)]).toEqual([kind, apiVersion, false]);
      if (replacement !== null)
        expect([kind, versionsOfKind(kind)]).toEqual([kind, expect.arrayContaining([replacement])]);
    }
});

test('short names are of known kinds', () => {
  expect(Object.values(kindsByShortName).filter((kind) => versionsOfKind(kind).length === 0)).toEqual([]);
});
