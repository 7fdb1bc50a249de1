import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { federatedKindsOf } from '../../../../constructs/engines/kubefed/domain/kinds.ts';
import { kubefedReleases } from '../../../../constructs/engines/kubefed/domain/releases.ts';
import { federatedCrd, federatedTypeConfig } from '../../../../constructs/engines/kubefed/domain/type-config.ts';

const file = join(import.meta.dirname, '../../../../crds/kubefed-0.10.0.yaml');

interface Crd {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly names: { readonly shortNames?: readonly string[] } };
}

const chart = loadAll(readFileSync(file, 'utf8')) as readonly Crd[];
const release = kubefedReleases['0.10.0'];
const kinds = release === undefined ? [] : federatedKindsOf(release);

// KubeFed's own CRDs are the reference: for the kinds in its chart, our CRDs must equal those of the chart.
describe('the CRD of a Federated kind', () => {
  test.each(kinds.filter(({ isEnabled }) => isEnabled))('$kind equals that of the chart', (kind) => {
    const name = `federated${kind.plural}.types.kubefed.io`;
    const own = chart.find(({ metadata }) => metadata.name === name);
    // Short names of these kinds do not matter here.
    const { shortNames: _, ...names } = own?.spec.names ?? {};
    expect(federatedCrd(kind)).toEqual({ ...own, spec: { ...own?.spec, names } });
  });
});

test('the FederatedTypeConfig of a kind with a group, and of one without', () => {
  const of = (name: string) => federatedTypeConfig(kinds.find(({ kind }) => kind === name) ?? (kinds[0] as never));
  expect(of('StatefulSet')).toEqual({
    apiVersion: 'core.kubefed.io/v1beta1',
    kind: 'FederatedTypeConfig',
    metadata: { name: 'statefulsets.apps', namespace: 'kube-federation-system' },
    spec: {
      federatedType: {
        group: 'types.kubefed.io',
        version: 'v1beta1',
        kind: 'FederatedStatefulSet',
        pluralName: 'federatedstatefulsets',
        scope: 'Namespaced',
      },
      propagation: 'Enabled',
      targetType: {
        group: 'apps',
        version: 'v1',
        kind: 'StatefulSet',
        pluralName: 'statefulsets',
        scope: 'Namespaced',
      },
    },
  });
  expect(of('PersistentVolumeClaim')).toMatchObject({
    metadata: { name: 'persistentvolumeclaims' },
    spec: { targetType: { version: 'v1', kind: 'PersistentVolumeClaim' } },
  });
});
