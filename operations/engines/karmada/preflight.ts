import type { Answer } from '../../clusters/answer.ts';
import { apiVersionOf } from '../../clusters/served-kinds.ts';
import type { EnginePreflight, Registration } from '../engine-preflight.ts';
import { registrationSchema } from '../registration-schema.ts';

/** Karmada keeps every kind that a cluster has in its object: 50 kB and more each. */
const namesPerQuestion = 100;

/** Karmada before the first change. */
export const karmadaPreflight: EnginePreflight = {
  title: 'Karmada',
  howToGet: 'name the context of the API server of Karmada: --context federation=CONTEXT',
  carrierOfCacerts: null,
  registration: { group: 'cluster.karmada.io', kind: 'Cluster' },
  readRegistrations: async (kubectl, served, names): Promise<Answer<readonly Registration[]>> => {
    const found: Registration[] = [];
    for (let start = 0; start < names.length; start += namesPerQuestion) {
      const references = names
        .slice(start, start + namesPerQuestion)
        .map((name) => ({ apiVersion: apiVersionOf(served), kind: served.kind, namespace: null, name }));
      const answer = await kubectl.getMany(references, registrationSchema);
      if (answer.kind !== 'found') return answer;
      found.push(...answer.value);
    }
    return { kind: 'found', value: found };
  },
  // `karmadactl join` is called by hand: docs/engines.md.
  checkJoin: null,
};
