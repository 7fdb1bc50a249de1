import type { Answer } from '../../clusters/answer.ts';
import { type Gateway, readGateway, whyNone } from '../../clusters/facts/gateway-address.ts';
import type { Kubectl } from '../../clusters/kubectl.ts';
import type { Run } from '../../run/run.ts';
import { aProblem, aWarning, type Findings, noFindings } from '../findings.ts';

/** The addresses of a cluster's gateway that other clusters were told, by any step of the plan. */
export function expectedAddresses({ output }: Run, cluster: string): readonly string[] {
  return output.plan.steps.flatMap(({ target, gate }) =>
    target.name === cluster && gate?.kind === 'gateway-address-known' ? gate.expected : [],
  );
}

/** The gateway of a cluster, if other clusters were told its address. Null: nobody needs it. */
export async function readExpectedGateway(
  kubectl: Kubectl,
  expected: readonly string[],
): Promise<Answer<Gateway> | null> {
  return expected.length === 0 ? null : readGateway(kubectl);
}

/**
 * Whether an existing gateway has the address that other clusters were told. A gateway without any address may still get it,
 * for example if an earlier run was stopped at this point: the gate of its step waits for it.
 */
export function checkGateway(name: string, expected: readonly string[], gateway: Answer<Gateway> | null): Findings {
  if (gateway === null || gateway.kind === 'absent') return noFindings;
  if (gateway.kind === 'failed') {
    const text = `${name} does not tell the address of its gateway: ${gateway.reason}`;
    return gateway.fix === undefined ? aWarning(text) : aProblem(text, gateway.fix);
  }
  const { addresses } = gateway.value;
  if (addresses.length === 0)
    return aWarning(`${name}: its gateway has no address, expected ${expected.join(' ')}${whyNone(gateway.value)}`);
  if (addresses.some((address) => expected.includes(address))) return noFindings;
  return aProblem(
    `${name}: the address of its gateway is ${addresses.join(' ')}, expected ${expected.join(' ')}`,
    'record it with mesh-federation discover, or correct clusters[].gateway.address, and synth again; to move the gateway, delete its Service first',
  );
}
