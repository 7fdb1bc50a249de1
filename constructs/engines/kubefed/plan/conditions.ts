import type { Federation } from '../../../model/federation.ts';
import { type AppliedObject, type Condition, literally, rolledOut } from '../../../plan/conditions/condition.ts';
import type { EngineConditions } from '../../../plan/conditions/engine-conditions.ts';
import { kubefedReleases } from '../domain/releases.ts';
import { federatedKinds } from './components.ts';

const namespace = 'kube-federation-system';

/** How KubeFed shows on its host that it is ready, and that it has delivered. */
export const kubefedConditions: EngineConditions = {
  installed: (host) =>
    ['kubefed-admission-webhook', 'kubefed-controller-manager'].map((name) => rolledOut(host, namespace, name)),
  registered: (at, cluster, apiServer) => [
    {
      at,
      kind: 'kubefedcluster.core.kubefed.io',
      namespace,
      name: cluster,
      jsonpath: '{.status.conditions[?(@.type=="Ready")].status} {.spec.apiEndpoint}',
      match: 'some',
      pattern: `True ${apiServer === null ? '.*' : literally(apiServer)}`,
      isAwaited: false,
      fix: 'join the cluster, or check the object that KubeFed has for it: docs/engines.md of mesh-federation',
    },
  ],
  typeEnabled: (_, at, { kind, name }) =>
    kind === 'FederatedTypeConfig'
      ? [
          {
            at,
            kind: 'federatedtypeconfig.core.kubefed.io',
            namespace,
            name,
            jsonpath: '{.status.propagationController}',
            match: 'some',
            pattern: 'Running',
            isAwaited: true,
            fix: "look at the log of KubeFed's controller",
          },
        ]
      : [],
  propagated: (federation, at, object) =>
    object.group === federatedKinds.group ? [isPropagated(federation, at, object)] : [],
};

function isPropagated(
  { engine: { version } }: Federation,
  at: Condition['at'],
  { group, kind, namespace: own, name }: AppliedObject,
): Condition {
  const namesGenerations = kubefedReleases[version ?? '']?.namesGenerations ?? true;
  const generations = namesGenerations ? '{.metadata.generation} {.status.observedGeneration} ' : '';
  return {
    at,
    kind: `${kind.toLowerCase()}.${group}`,
    namespace: own,
    name,
    jsonpath: `${generations}{.status.conditions[?(@.type=="Propagation")].status}`,
    match: namesGenerations ? 'same' : 'some',
    pattern: 'True',
    isAwaited: true,
    fix: 'look at the status of the object: it names the clusters, and what each of them said',
  };
}
