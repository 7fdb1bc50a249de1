import { gatewayApiGroup } from '../../../domain/istio/gateway-api.ts';
import type { Finding } from '../../problems/finding.ts';
import { type Evidence, istioReleaseOf } from '../evidence.ts';
import { overridesOf, targetOf } from '../overrides/overrides.ts';

function istioKindIsServed(evidence: Evidence): readonly Finding[] {
  const dialect = istioReleaseOf(evidence)?.dialect;
  if (dialect === undefined) return [];
  const { versions, readsGatewayApi } = dialect;
  return evidence.manifests
    .filter(({ configuresTheMesh, group }) => configuresTheMesh && !(readsGatewayApi && group === gatewayApiGroup))
    .flatMap(({ workload, entry, apiVersion, group, raw }) => {
      const served = (versions[group] ?? []).map((version) => `${group}/${version}`);
      if (served.includes(apiVersion)) return [];
      return [
        {
          path: ['workloads', workload, 'manifests', entry],
          at: raw.document.locate([...raw.path, 'apiVersion']),
          got: apiVersion,
          expected:
            served.length === 0
              ? `no object of ${group} with Istio ${evidence.declaration.istio?.version}`
              : `${served.join(' or ')}, which Istio ${evidence.declaration.istio?.version} serves`,
          fix: served.length === 0 ? 'remove it, or use a newer Istio' : `write ${served[0]}`,
        },
      ];
    });
}

// Every primary of a mesh must have the same configuration.
function meshObjectIsTheSameEverywhere(evidence: Evidence): readonly Finding[] {
  return overridesOf(evidence).flatMap((override) => {
    const target = targetOf(evidence, override);
    if (target === undefined || !target.configuresTheMesh) return [];
    return [
      {
        path: [...override.path, 'resource'],
        got: override.entry.resource,
        expected: 'no override of mesh configuration: it is the same in every primary',
        fix: 'remove the override',
      },
    ];
  });
}

/** Rules about Istio's own objects among the manifests. */
export const meshObjectRules = { istioKindIsServed, meshObjectIsTheSameEverywhere };
