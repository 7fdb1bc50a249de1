import type { Gate } from '../../constructs/plan/steps/gate.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { refuseHostname } from '../clusters/facts/address-form.ts';
import { type Gateway, readGateway, whyNone } from '../clusters/facts/gateway-address.ts';
import { Failure } from '../clusters/failure.ts';
import { deployment, rolloutWaits } from '../conditions/rolled-out.ts';
import { until } from '../conditions/until.ts';
import { remoteClustersOf } from '../programs/istioctl.ts';
import type { Run, Tell } from '../run/run.ts';

type AddressGate = Extract<Gate, { kind: 'gateway-address-known' }>;

/** Waits for the address of a cluster's gateway, and for its pods. */
export async function holdGatewayAddress(run: Run, cluster: Cluster, gate: AddressGate): Promise<void> {
  let name = '';
  await until(run, cluster.name, async () => {
    const gateway = await readGateway(cluster.kubectl);
    if (gateway.kind === 'failed') return gateway.reason;
    if (gateway.kind === 'absent') return `the gateway of ${cluster.name} has no address`;
    if (gateway.value.addresses.length === 0)
      return `the gateway of ${cluster.name} has no address${whyNone(gateway.value)}`;
    refuseOther(cluster, gateway.value, gate.expected);
    if (gate.onlyIp) refuseHostname(cluster.name, gateway.value);
    name = gateway.value.name;
    return null;
  });
  await until(run, cluster.name, () => rolloutWaits(cluster, [deployment('istio-system', name)]));
}

function refuseOther({ name }: Cluster, { addresses, nodePorts }: Gateway, expected: readonly string[]): void {
  if (expected.length === 0 || addresses.some((address) => expected.includes(address))) return;
  throw new Failure({
    problem: `${name}: the address of the gateway is ${addresses.join(' ')}, expected ${expected.join(' ')}`,
    fix:
      nodePorts === null
        ? `correct clusters[].gateway.address of ${name}`
        : `istiod takes the ExternalIP of each node: leave clusters[].gateway.address of ${name} out, or use type: ExternalIPs`,
  });
}

/** Waits for the webhook that injects sidecars, and for the Service behind it. */
export async function holdInjector(run: Run, cluster: Cluster): Promise<void> {
  const parts = [
    {
      resource: 'mutatingwebhookconfigurations.admissionregistration.k8s.io',
      name: 'istio-sidecar-injector',
      namespace: null,
    },
    { resource: 'services', name: 'istiod', namespace: 'istio-system' },
  ];
  for (const part of parts)
    await until(run, cluster.name, async () => {
      const names = await cluster.kubectl.getNames(part);
      if (names.kind === 'failed') return names.reason;
      return names.kind === 'found' && names.value.length > 0
        ? null
        : `${cluster.name} has no ${part.resource} ${part.name}`;
    });
}

/** How long istiod may take to tell which clusters it reads. */
const answerSeconds = 60;

/** Waits until istiod has read the API servers of other clusters, or reads them no more. */
export async function holdRegistries(
  run: Run,
  cluster: Cluster,
  {
    istioClusters,
    wanted,
    tell,
  }: { readonly istioClusters: readonly string[]; readonly wanted: 'synced' | 'gone'; readonly tell: Tell },
): Promise<void> {
  await until(run, `istiod of ${cluster.name}`, async () => {
    const read = await remoteClustersOf(run.program, cluster.context, answerSeconds);
    if (read.kind === 'unable') {
      tell('this istioctl cannot tell whether istiod reads the clusters');
      return null;
    }
    if (read.kind === 'silent') return 'it does not answer';
    const { states } = read;
    const late = istioClusters.filter((name) =>
      wanted === 'gone' ? states.has(name) : !states.get(name)?.includes('synced'),
    );
    const what = wanted === 'gone' ? 'it still reads' : 'it does not read';
    return late.length === 0 ? null : `${what} ${late.join(', ')}`;
  });
}
