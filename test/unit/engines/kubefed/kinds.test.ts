import { expect, test } from 'vitest';
import { federatedKindsOf, toFederatedKind } from '../../../../constructs/engines/kubefed/domain/kinds.ts';
import { kubefedReleases } from '../../../../constructs/engines/kubefed/domain/releases.ts';

const kindsOf = (version: string) => {
  const release = kubefedReleases[version];
  return release === undefined ? [] : federatedKindsOf(release);
};

test('0.4.1 federates the kinds that its chart enables, with the Ingress of that time', () => {
  const kinds = kindsOf('0.4.1');
  expect(kinds).toHaveLength(8);
  expect(kinds.every(({ isEnabled }) => isEnabled)).toBe(true);
  expect(kinds.find(({ kind }) => kind === 'Ingress')).toMatchObject({ group: 'extensions', version: 'v1beta1' });
});

test('0.10.0 also federates kinds for which we add types', () => {
  const kinds = kindsOf('0.10.0');
  expect(kinds.find(({ kind }) => kind === 'Ingress')).toMatchObject({ group: 'networking.k8s.io', version: 'v1' });
  expect(kinds.find(({ kind }) => kind === 'StatefulSet')).toEqual({
    kind: 'StatefulSet',
    group: 'apps',
    version: 'v1',
    plural: 'statefulsets',
    shortNames: ['sts'],
    isNamespaced: true,
    hasReplicas: true,
    isEnabled: false,
  });
});

test('a custom kind must be enabled', () => {
  const [first] = kindsOf('0.10.0');
  expect(first === undefined ? null : toFederatedKind(first).isEnabled).toBe(false);
});
