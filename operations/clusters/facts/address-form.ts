import { isIP } from 'node:net';
import { fixOfHostname } from '../../../constructs/plan/conditions/gateway-address.ts';
import type { Step } from '../../../constructs/plan/steps/step.ts';
import { Failure } from '../failure.ts';
import type { Problem } from '../problem.ts';
import type { Gateway } from './gateway-address.ts';

/** Whether the gateway of a cluster needs an IP address, as any step of the plan says. */
export function needsIp(steps: readonly Step[], cluster: string): boolean {
  return steps.some(
    ({ target, gate }) => target.name === cluster && gate?.kind === 'gateway-address-known' && gate.onlyIp,
  );
}

/** The problem of a gateway that needs an IP address and has a hostname; null if it has none. */
export function hostnameProblem(cluster: string, { addresses: [first] }: Pick<Gateway, 'addresses'>): Problem | null {
  if (first === undefined || isIP(first) !== 0) return null;
  return {
    problem: `${cluster}: the address of the gateway is the hostname ${first}, and only an IP address will do: no API server of a remote calls an injector by a hostname, and Istio 1.7 resolves none`,
    fix: fixOfHostname,
  };
}

/**
 * Stops a run before the installation of a remote that would get a hostname.
 *
 * @throws Failure if the gateway has no IP address
 */
export function refuseHostname(cluster: string, gateway: Pick<Gateway, 'addresses'>): void {
  const problem = hostnameProblem(cluster, gateway);
  if (problem !== null) throw new Failure(problem);
}
