import { configuresTheMesh } from '../../domain/istio/configuration-kinds.ts';
import type { Finding } from '../finding.ts';
import { istioReleaseOf, type Subject } from '../subject.ts';
import { overridesOf, targetOf } from './overrides.ts';

function istioKindIsServed(subject: Subject): readonly Finding[] {
  const versions = istioReleaseOf(subject)?.dialect.versions;
  if (versions === undefined) return [];
  return subject.manifests
    .filter(({ group }) => configuresTheMesh(group))
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
              ? `no object of ${group} with Istio ${subject.declaration.istio?.version}`
              : `${served.join(' or ')}, which Istio ${subject.declaration.istio?.version} serves`,
          fix: served.length === 0 ? 'remove it, or use a newer Istio' : `write ${served[0]}`,
        },
      ];
    });
}

// Every primary of a mesh has to say the same, whoever asks it.
function meshObjectIsTheSameEverywhere(subject: Subject): readonly Finding[] {
  return overridesOf(subject).flatMap((override) => {
    const target = targetOf(subject, override);
    if (target === undefined || !configuresTheMesh(target.group)) return [];
    return [
      {
        path: [...override.path, 'resource'],
        got: override.entry.resource,
        expected: 'an object that a cluster runs: configuration of the mesh is the same in every primary',
        fix: 'remove the override',
      },
    ];
  });
}

/** Rules about Istio's own objects among the manifests. */
export const meshObjectRules = { istioKindIsServed, meshObjectIsTheSameEverywhere };
