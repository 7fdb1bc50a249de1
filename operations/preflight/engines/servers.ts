import type { Answer } from '../../clusters/answer.ts';
import { isLoopback } from '../../clusters/facts/loopback.ts';
import { shown } from '../../clusters/problem.ts';
import type { Run } from '../../run/run.ts';
import { sideBySide } from '../../tools/side-by-side.ts';
import { allFindings, aProblem, type Findings, noFindings } from '../findings.ts';

/** URLs of API servers in the kubeconfig, by the names of the clusters. */
export type Servers = ReadonlyMap<string, Answer<string>>;

/** Reads the API servers of those clusters that join an engine, or that an istiod will read there. Asks no server. */
export async function readServers({ steps, clusters, settings }: Run): Promise<Servers> {
  const names = new Set([
    ...readAtServer(steps),
    ...steps.flatMap((step) => (step.action === 'join' ? step.joining.name : [])),
  ]);
  const reached = [...names].flatMap((name) => clusters.get(name) ?? []);
  const answers = await sideBySide(reached, settings.parallel, async ({ name, kubectl }) => {
    return [name, await kubectl.getServer()] as const;
  });
  return new Map(answers);
}

// The clusters that an istiod reads at the server of the kubeconfig, because none is declared.
const readAtServer = (steps: Run['steps']): ReadonlySet<string> =>
  new Set(
    steps.flatMap((step) => (step.action === 'remote-secret' && step.read.apiServer === null ? step.read.name : [])),
  );

/** Whether other machines can reach the API servers that the kubeconfig names. An istiod would look on its own machine. */
export function checkServers({ steps }: Run, servers: Servers): Findings {
  const isRead = readAtServer(steps);
  return allFindings([...servers].map(([name, server]) => checkServer(name, isRead.has(name), server)));
}

function checkServer(name: string, isRead: boolean, server: Answer<string>): Findings {
  if (server.kind === 'failed')
    return aProblem(`${name}: the kubeconfig does not tell its API server: ${server.reason}`, 'correct the kubeconfig');
  if (server.kind === 'absent' || !isRead || !isLoopback(server.value)) return noFindings;
  return aProblem(
    `${name}: its API server in the kubeconfig is ${shown(server.value)}, which no other cluster can reach`,
    `declare clusters[].apiServer of ${name}`,
  );
}
