import type { LateAddress } from '../../constructs/plan/steps/step.ts';
import { needsIp, refuseHostname } from '../clusters/facts/address-form.ts';
import { readGatewayAddress } from '../clusters/facts/gateway-address.ts';
import { Failure } from '../clusters/failure.ts';
import type { Run } from '../run/run.ts';
import { clusterNamed } from '../run/target.ts';

/**
 * Values with an address that was not known at synth, as arguments. The address is checked when it is read.
 *
 * @throws Failure when the gateway has none yet, in a run that changes something
 */
export async function lateValuesOf(run: Run, late: LateAddress | null): Promise<readonly string[]> {
  if (late === null || run.mode !== 'apply') return [];
  const address = await readGatewayAddress(clusterNamed(run, late.cluster).kubectl);
  if (address.kind === 'found') {
    if (needsIp(run.output.plan.steps, late.cluster)) refuseHostname(late.cluster, { addresses: [address.value] });
    return [`${late.key}=${address.value}`];
  }
  throw new Failure({
    problem: `the gateway of ${late.cluster} ${address.kind === 'failed' ? `has no usable address: ${address.reason}` : 'has no address'}`,
    fix: (address.kind === 'failed' ? address.fix : undefined) ?? 'wait for its load balancer, and run it again',
  });
}
