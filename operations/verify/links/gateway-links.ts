import { whyNone } from '../../clusters/facts/gateway-address.ts';
import { type Problem, shown } from '../../clusters/problem.ts';
import { untold } from '../../clusters/untold.ts';
import type { GatewayAddress } from '../expected/endpoint-tables.ts';
import type { Row } from '../expected/rows.ts';
import type { Known, Link, LinkInputs } from './links.ts';

/** The links of a way into another network: its labels, and the address and the pods of its gateway. */
export function gatewayLinks(
  { of, objects }: LinkInputs,
  serving: Known,
  network: string,
  { cluster, address }: NonNullable<Row['gateway']>,
): readonly Link[] {
  const owner = of(cluster);
  const label = { id: `label ${serving.name} ${cluster}`, check: () => networkLabels(serving, owner, network) };
  return [
    ...(objects.hasOwnGateway(cluster) ? [label] : []),
    { id: `address ${cluster} ${address.text}`, check: () => gatewayAddress(owner, address) },
    { id: `pods ${cluster}`, check: () => gatewayPods(owner) },
  ];
}

function networkLabels(serving: Known, owner: Known, expected: string): Problem | null {
  const { network } = serving.facts;
  if (network?.kind === 'failed')
    return untold('network label', serving, 'that of namespace istio-system', network.reason);
  const ofNamespace = network?.kind === 'found' ? network.value : '';
  if (ofNamespace !== expected) return wrongLabel(serving, 'namespace/istio-system', ofNamespace, expected);
  const { gateway } = owner.facts;
  if (gateway?.kind === 'failed') return untold('network label', owner, 'that of its gateway', gateway.reason);
  const isOwn = gateway?.kind === 'found' && gateway.value.name === 'istio-eastwestgateway';
  const ofGateway = isOwn ? (gateway.value.network ?? '') : '';
  return ofGateway === expected ? null : wrongLabel(owner, 'service/istio-eastwestgateway', ofGateway, expected);
}

function wrongLabel({ name }: Known, resource: string, actual: string, expected: string): Problem {
  return {
    problem: `network label: ${name}: ${resource} has topology.istio.io/network=${shown(actual)}, expected ${expected}`,
    fix: 'run mesh-federation apply --force-conflicts to restore the label',
  };
}

/** An endpoint at which calls enter a network. */
export interface EntryPoint {
  readonly host: string;
  readonly port: number;
}

/**
 * The endpoints at which calls enter the gateway of a cluster. None if it has no gateway, or does not tell. A node opens another
 * port than the Service.
 */
export function entryPointsIn({ facts: { gateway } }: Pick<Known, 'facts'>, port: number): readonly EntryPoint[] {
  if (gateway?.kind !== 'found') return [];
  const { addresses, nodePorts } = gateway.value;
  return addresses.map((host) => ({ host, port: nodePorts?.get(port) ?? port }));
}

/** An entry point as Envoy writes it: `[2001:db8::1]:15443`. */
export function textOf({ host, port }: EntryPoint): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function gatewayAddress(owner: Known, expected: GatewayAddress): Problem | null {
  const { gateway } = owner.facts;
  if (gateway?.kind === 'failed') return untold('gateway address', owner, 'that of its gateway', gateway.reason);
  const current = entryPointsIn(owner, expected.port).map(textOf);
  if (current.length === 0)
    return {
      problem: `gateway address: the gateway of ${owner.name} has none${gateway?.kind === 'found' ? whyNone(gateway.value) : ''}`,
      fix: 'give its Service an address; until istiod restarts, it uses the former one, then the addresses of pods, which lead nowhere',
    };
  if (expected.host === null || current.includes(expected.text)) return null;
  return {
    problem: `gateway address: the gateway of ${owner.name} is at ${current.join(', ')}, expected ${expected.text}`,
    fix: `correct clusters[].gateway.address of ${owner.name}, or run mesh-federation discover again; then synth and apply`,
  };
}

function gatewayPods({ facts: { gateway, gatewayPods }, ...owner }: Known): Problem | null {
  if (gatewayPods?.kind === 'failed') return untold('gateway', owner, 'the pods of its gateway', gatewayPods.reason);
  if (gatewayPods?.kind === 'found' && gatewayPods.value > 0) return null;
  const name = gateway?.kind === 'found' ? gateway.value.name : 'istio-eastwestgateway';
  return {
    problem: `gateway: no pod of the gateway of ${owner.name} is available`,
    fix: `check Deployment istio-system/${name} of ${owner.name}`,
  };
}
