import { z } from 'zod';
import { mapAnswer } from '../../clusters/answer.ts';
import { isLoopback } from '../../clusters/facts/loopback.ts';
import { type Problem, shown } from '../../clusters/problem.ts';
import { resourceOf } from '../../clusters/served-kinds.ts';
import type { EnginePreflight, Joining, Registration } from '../engine-preflight.ts';
import { registrationSchema, sameSpelling } from '../registration-schema.ts';
import { kubefed } from './names.ts';

/** KubeFed before the first change. */
export const kubefedPreflight: EnginePreflight = {
  title: 'KubeFed',
  howToGet: 'install KubeFed and join the clusters: see docs/engines.md of mesh-federation',
  carrierOfCacerts: 'federatedsecrets.types.kubefed.io',
  registration: { group: kubefed.coreGroup, kind: 'KubeFedCluster' },
  // All of them: one that joins may be known under another name.
  readRegistrations: async (kubectl, kind) => {
    const query = { resource: resourceOf(kind), name: null, namespace: kubefed.namespace };
    const answer = await kubectl.get(query, z.object({ items: z.array(registrationSchema) }));
    return answer.kind === 'absent' ? { kind: 'found', value: [] } : mapAnswer(answer, ({ items }) => items);
  },
  checkJoin: (join) => [...otherNames(join), ...unreachable(join)],
};

// KubeFed calls the declared API server, or the one that kubefedctl takes from the kubeconfig.
function otherNames({ joining, server, registrations }: Joining): readonly Problem[] {
  const { name, federationCluster, apiServer } = joining;
  const own = new Set([server, apiServer ?? server].map(sameSpelling));
  return registrations
    .filter((one) => one.name !== federationCluster && own.has(sameSpelling(one.endpoint ?? '')))
    .map((one) => ({
      problem: `${name} has joined KubeFed as ${shown(one.name)}: if it joined as ${federationCluster}, too, KubeFed would delete under one name what it creates under the other`,
      fix: `declare federationCluster: ${shown(one.name)}, or remove the cluster from KubeFed: kubefedctl unjoin`,
    }));
}

function unreachable({ joining, server, registrations }: Joining): readonly Problem[] {
  const { name, federationCluster, apiServer } = joining;
  if (apiServer !== null || isReached(registrations, federationCluster) || !isLoopback(server)) return [];
  return [
    {
      problem: `${name}: its API server in the kubeconfig is ${shown(server)}, which KubeFed cannot reach`,
      fix: `declare clusters[].apiServer of ${name}`,
    },
  ];
}

function isReached(registrations: readonly Registration[], name: string): boolean {
  return registrations.some((one) => one.name === name && one.ready === 'True');
}
