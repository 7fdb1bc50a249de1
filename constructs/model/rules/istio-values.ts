import { isIP } from 'node:net';
import { isMapping, type Mapping } from '../../domain/json/mapping.ts';
import { declaredControlPlanes, isPrimary } from '../control-planes.ts';
import type { Finding } from '../finding.ts';
import { checkIstioValues } from '../istio-values.ts';
import { istioValueOwners } from '../schemas/istio-value-owners.ts';
import { clustersOf, declaredAddressesOf, istioReleaseOf, type Subject } from '../subject.ts';
import type { Path } from '../yaml-source.ts';

/** Values of the mesh or of one cluster, and where they stand. */
interface DeclaredValues {
  readonly path: Path;
  readonly values: Mapping;
  readonly isOfOneCluster: boolean;
}

function declaredValues(subject: Subject): readonly DeclaredValues[] {
  const mesh = { path: ['istio', 'values'], values: subject.declaration.istio?.values, isOfOneCluster: false };
  const clusters = clustersOf(subject).map(({ index, cluster }) => ({
    path: ['clusters', index, 'istio', 'values'],
    values: cluster.istio?.values,
    isOfOneCluster: true,
  }));
  return [mesh, ...clusters].flatMap(({ values, ...rest }) =>
    isMapping(values) && Object.keys(values).length > 0 ? [{ ...rest, values }] : [],
  );
}

function valueAt(values: Mapping, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (node, key) => (isMapping(node) && Object.hasOwn(node, key) ? node[key] : undefined),
    values,
  );
}

function valuesAreOfThisIstio(subject: Subject): readonly Finding[] {
  if (istioReleaseOf(subject)?.dialect.name !== '1.7') return [];
  return declaredValues(subject).map(({ path }) => ({
    path,
    isKey: true,
    got: 'values',
    expected: 'no further values with Istio 1.7: nothing there tells a right one from a misspelt one',
    fix: 'remove them, or use Istio 1.24 or newer',
  }));
}

function istioValuesFitTheirSchema(subject: Subject): readonly Finding[] {
  if (istioReleaseOf(subject)?.dialect.name !== 'current') return [];
  return declaredValues(subject).flatMap(({ path, values }) =>
    checkIstioValues(values).map((finding) => ({ ...finding, path: [...path, ...finding.path] })),
  );
}

function istioValueHasNoOtherOwner(subject: Subject): readonly Finding[] {
  if (istioReleaseOf(subject)?.dialect.name !== 'current') return [];
  return declaredValues(subject).flatMap(({ path, values }) =>
    Object.entries(istioValueOwners).flatMap(([key, owner]) => {
      const segments = key.split('.');
      if (valueAt(values, segments) === undefined) return [];
      return [
        {
          path: [...path, ...segments],
          isKey: true,
          got: key,
          expected: `a value that the declaration does not decide elsewhere: this one is decided by ${owner}`,
          fix: owner.startsWith('nobody') ? 'remove it' : `remove it, and use ${owner}`,
        },
      ];
    }),
  );
}

// Two meshConfigs in one mesh: proxies would trust, route and log differently, depending on who configures them.
function meshConfigIsTheSameEverywhere(subject: Subject): readonly Finding[] {
  return declaredValues(subject)
    .filter(({ values, isOfOneCluster }) => isOfOneCluster && 'meshConfig' in values)
    .map(({ path }) => ({
      path: [...path, 'meshConfig'],
      isKey: true,
      got: 'meshConfig',
      expected: 'one meshConfig for the whole mesh',
      fix: 'move it to istio.values',
    }));
}

// An unresolved hostname is no address: the other networks then get the pods' own ones, in silence (seen on 1.31).
function gatewayHostnamesAreResolved(subject: Subject): readonly Finding[] {
  const hasHostname = clustersOf(subject).some((draft) =>
    declaredAddressesOf(draft).some(({ address }) => isIP(address) === 0),
  );
  const env = ['pilot', 'env', 'RESOLVE_HOSTNAME_GATEWAYS'];
  if (!hasHostname) return [];
  return declaredValues(subject)
    .filter(({ values }) => /^(false|f|0)$/i.test(String(valueAt(values, env))))
    .map(({ path, values }) => ({
      path: [...path, ...env],
      got: valueAt(values, env),
      expected: 'istiod resolves hostnames of gateways, since one here has a hostname',
      fix: 'remove it, or give every gateway an IP address',
    }));
}

// istiod refuses the whole meshConfig then, logs it, and goes on with the default one.
function localitySettingIsOneOfTwo(subject: Subject): readonly Finding[] {
  const setting = ['meshConfig', 'localityLbSetting'];
  return declaredValues(subject)
    .filter(({ values }) => {
      const isSet = (key: string): boolean => valueAt(values, [...setting, key]) !== undefined;
      return isSet('distribute') && isSet('failover');
    })
    .map(({ path }) => ({
      path: [...path, ...setting],
      isKey: true,
      got: 'localityLbSetting',
      expected: 'distribute or failover, not both: istiod would log it and ignore the whole meshConfig',
      fix: 'remove one of the two',
    }));
}

// The primary that injects a remote's sidecars decides their image.
function remoteHubIsItsPrimarys(subject: Subject): readonly Finding[] {
  if (istioReleaseOf(subject)?.dialect.name !== 'current') return [];
  return declaredControlPlanes(subject.declaration)
    .filter((plane) => !isPrimary(plane) && plane.injector === 'primary')
    .flatMap(({ index, primary }) => {
      const hub = subject.declaration.clusters?.[index]?.istio?.hub;
      if (hub === undefined) return [];
      return [
        {
          path: ['clusters', index, 'istio', 'hub'],
          got: hub,
          expected: `no hub here: ${primary} injects the sidecars and gateways of this cluster, with images from its own hub`,
          fix: `set it for ${primary}, for the whole mesh, or use injector: local`,
        },
      ];
    });
}

/** Rules about the user's own chart values. */
export const istioValueRules = {
  valuesAreOfThisIstio,
  istioValuesFitTheirSchema,
  istioValueHasNoOtherOwner,
  meshConfigIsTheSameEverywhere,
  gatewayHostnamesAreResolved,
  localitySettingIsOneOfTwo,
  remoteHubIsItsPrimarys,
};
