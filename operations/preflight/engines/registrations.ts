import { shown } from '../../clusters/problem.ts';
import type { EnginePreflight, Registration } from '../../engines/engine-preflight.ts';
import { sameSpelling } from '../../engines/registration-schema.ts';
import { allFindings, aProblem, type Findings, noFindings } from '../findings.ts';

/**
 * Whether an engine knows and reaches each cluster, and knows none under two names.
 *
 * @param names the engine's names for the clusters
 */
export function checkRegistrations(
  { title, registration: { kind } }: EnginePreflight,
  names: readonly string[],
  registrations: readonly Registration[],
): Findings {
  const byName = new Map(registrations.map((one) => [one.name, one]));
  const owners = new Map<string, string>();
  return allFindings(
    names.flatMap((name) => {
      const found = byName.get(name);
      if (found === undefined)
        return [aProblem(`${name} has not joined ${title}`, 'join it: see docs/engines.md of mesh-federation')];
      return [checkReady(title, kind, found), checkEndpoint(title, found, owners)];
    }),
  );
}

function checkReady(title: string, kind: string, { name, ready }: Registration): Findings {
  if (ready === 'True') return noFindings;
  return aProblem(
    `${title} does not reach ${name}: its condition Ready is ${ready === null ? 'unknown' : shown(ready)}`,
    `check the object that ${title} has for it: ${kind} ${name}`,
  );
}

function checkEndpoint(title: string, { name, endpoint }: Registration, owners: Map<string, string>): Findings {
  if (endpoint === null) return noFindings;
  const owner = owners.get(sameSpelling(endpoint));
  owners.set(sameSpelling(endpoint), owner ?? name);
  if (owner === undefined) return noFindings;
  return aProblem(
    `${name} and ${owner} are one API server for ${title}, ${shown(endpoint)}: it deletes under one name what it creates under the other`,
    'remove one of the two from the federation',
  );
}
