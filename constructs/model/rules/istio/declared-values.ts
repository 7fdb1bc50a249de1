import { isIP } from 'node:net';
import { hasAt, valueAt } from '../../../domain/json/path.ts';
import type { Finding } from '../../problems/finding.ts';
import { declaredControlPlanes, isPrimary } from '../../resolution/declared-control-planes.ts';
import { istioValueOwners } from '../../schemas/istio-value-owners.ts';
import { clustersOf, declaredAddressesOf, type Evidence, istioReleaseOf } from '../evidence.ts';
import { currentValues, declaredValues } from './values-of.ts';

function valuesAreOfThisIstio(evidence: Evidence): readonly Finding[] {
  if (istioReleaseOf(evidence)?.dialect.name !== '1.7') return [];
  return declaredValues(evidence).map(({ path }) => ({
    path,
    isKey: true,
    got: 'values',
    expected: 'no further values with Istio 1.7: nothing in it detects a misspelt value',
    fix: 'remove them, or use Istio 1.24 or newer',
  }));
}

function istioValueHasNoOtherOwner(evidence: Evidence): readonly Finding[] {
  return currentValues(evidence).flatMap(({ values, at }) =>
    Object.entries(istioValueOwners).flatMap(([key, { owner, isUsable }]) => {
      const segments = key.split('.');
      if (!hasAt(values, segments)) return [];
      return [
        {
          path: at(segments),
          isKey: true,
          got: key,
          expected: `a value that nothing else sets; this one is set by ${owner}`,
          fix: isUsable ? `remove it, and use ${owner}` : 'remove it',
        },
      ];
    }),
  );
}

// With two meshConfigs in one mesh, proxies would trust, route and log differently, depending on their primary.
function meshConfigIsTheSameEverywhere(evidence: Evidence): readonly Finding[] {
  return declaredValues(evidence)
    .filter(({ values, cluster }) => cluster !== null && 'meshConfig' in values)
    .map(({ path }) => ({
      path: [...path, 'meshConfig'],
      isKey: true,
      got: 'meshConfig',
      expected: 'one meshConfig for the whole mesh',
      fix: 'move it to istio.values',
    }));
}

// An unresolved hostname is not an address: the other networks then silently get the addresses of the pods (seen on
// 1.31).
function gatewayHostnamesAreResolved(evidence: Evidence): readonly Finding[] {
  const hasHostname = clustersOf(evidence).some((draft) =>
    declaredAddressesOf(draft).some(({ address }) => isIP(address) === 0),
  );
  const env = ['pilot', 'env', 'RESOLVE_HOSTNAME_GATEWAYS'];
  if (!hasHostname) return [];
  return declaredValues(evidence)
    .filter(({ values }) => /^(false|f|0)$/i.test(String(valueAt(values, env))))
    .map(({ values, at }) => ({
      path: at(env),
      got: valueAt(values, env),
      expected: 'true, or no such variable: a gateway here has a hostname, and istiod must resolve it',
      fix: 'remove it, or give every gateway an IP address',
    }));
}

// With both, istiod refuses the whole meshConfig, logs the conflict, and continues with the default meshConfig.
function localitySettingIsOneOfTwo(evidence: Evidence): readonly Finding[] {
  const setting = ['meshConfig', 'localityLbSetting'];
  return declaredValues(evidence)
    .filter(({ values }) => {
      const isSet = (key: string): boolean => hasAt(values, [...setting, key]);
      return isSet('distribute') && isSet('failover');
    })
    .map(({ path }) => ({
      path: [...path, ...setting],
      isKey: true,
      got: 'localityLbSetting',
      expected: 'distribute or failover, not both: istiod would log the conflict and ignore the whole meshConfig',
      fix: 'remove one of the two',
    }));
}

// The primary that injects a remote's sidecars decides their image.
function remoteHubIsItsPrimarys(evidence: Evidence): readonly Finding[] {
  if (istioReleaseOf(evidence)?.dialect.name !== 'current') return [];
  return declaredControlPlanes(evidence.declaration)
    .filter((plane) => !isPrimary(plane) && plane.injector === 'primary')
    .flatMap(({ index, primary }) => {
      const hub = evidence.declaration.clusters?.[index]?.istio?.hub;
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
  istioValueHasNoOtherOwner,
  meshConfigIsTheSameEverywhere,
  gatewayHostnamesAreResolved,
  localitySettingIsOneOfTwo,
  remoteHubIsItsPrimarys,
};
