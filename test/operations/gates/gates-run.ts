import type { Gate } from '../../../constructs/plan/steps/gate.ts';
import type { ApplyStep } from '../../../constructs/plan/steps/step.ts';
import { makeServers, type Servers } from '../../support/servers/servers.ts';
import type { ClusterDescription } from '../../support/servers/world.ts';
import { namespace } from '../../support/servers/worlds/registered.ts';
import { stepOn } from '../steps/steps-run.ts';

/** Nobody hears what a gate tells. */
export const said = (line: string): void => void line;

/** A step of the host that has a gate. */
export const gated = (gate: Gate, others: Partial<ApplyStep> = {}): ApplyStep => ({
  ...stepOn('host', 'workloads'),
  action: 'apply',
  path: 'host/70-workloads',
  gate,
  ...others,
});

/** A Deployment of one container. */
export const deployment = (name: string, inNamespace: string, replicas = 1): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: inNamespace },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: 'x' }] } },
  },
});
/** A host with its namespaces and what it is given, and a member. */
export function world(host: ClusterDescription = {}): Servers {
  const holds = [namespace('istio-system'), namespace('shop'), ...(host.holds ?? [])];
  return makeServers({ host: { ...host, holds }, member: { holds: [namespace('istio-system')] } });
}
