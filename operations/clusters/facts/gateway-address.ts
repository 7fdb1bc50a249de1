import { isIP } from 'node:net';
import { z } from 'zod';
import { lockedFacts } from '../../../constructs/model/declaration/lock.ts';
import { type Answer, mapAnswer } from '../answer.ts';
import type { Kubectl } from '../kubectl.ts';
import { readNodeAddresses, selectorOf } from './node-addresses.ts';

/** Services of a gateway for other networks: the output's own, and that of istioctl on Istio 1.7. */
const serviceNames = ['istio-eastwestgateway', 'istio-ingressgateway'] as const;

/** The gateway of a cluster for other networks. */
export interface Gateway {
  /** Name of its Service, which is also the name of its Deployment. */
  readonly name: (typeof serviceNames)[number];
  /** The network of its label, or null. */
  readonly network: string | null;
  /** The addresses at which other networks reach it, the one that istiod prefers first. */
  readonly addresses: readonly string[];
  /** If nodes stand for it, their port for each port of the Service. Null otherwise. */
  readonly nodePorts: ReadonlyMap<number, number> | null;
}

const texts = z.record(z.string(), z.string()).default({});
const port = z.int().min(1).max(65535);

const serviceSchema = z.object({
  metadata: z.object({ labels: texts, annotations: texts }).default({ labels: {}, annotations: {} }),
  spec: z.object({
    type: z.string().default('ClusterIP'),
    externalIPs: z.array(z.string()).default([]),
    ports: z.array(z.object({ port, nodePort: port.optional() })).default([]),
  }),
  status: z
    .object({
      loadBalancer: z
        .object({
          ingress: z.array(z.object({ ip: z.string().optional(), hostname: z.string().optional() })).default([]),
        })
        .default({ ingress: [] }),
    })
    .default({ loadBalancer: { ingress: [] } }),
});
type Service = z.output<typeof serviceSchema>;

/**
 * The gateway of a cluster; `absent` while there is none. An address that is none is a failure: an address becomes an
 * argument and a value of other clusters.
 */
export async function readGateway(kubectl: Kubectl): Promise<Answer<Gateway>> {
  for (const name of serviceNames) {
    const service = await kubectl.get({ resource: 'service', name, namespace: 'istio-system' }, serviceSchema);
    if (service.kind === 'failed') return service;
    if (service.kind === 'absent') continue;
    const { metadata, spec } = service.value;
    const network = metadata.labels['topology.istio.io/network'] ?? null;
    const nodePorts =
      spec.type === 'NodePort' && selectorOf(metadata.annotations) !== null
        ? new Map(spec.ports.map((one) => [one.port, one.nodePort ?? one.port]))
        : null;
    const addresses = withoutOdd(await addressesOf(kubectl, service.value));
    return mapAnswer(addresses, (found) => ({ name, network, addresses: found, nodePorts }));
  }
  return { kind: 'absent' };
}

/** The address at which other networks reach the gateway of a cluster. `absent` while there is none. */
export async function readGatewayAddress(kubectl: Kubectl): Promise<Answer<string>> {
  const gateway = await readGateway(kubectl);
  if (gateway.kind !== 'found') return gateway;
  const [first] = gateway.value.addresses;
  return first === undefined ? { kind: 'absent' } : { kind: 'found', value: first };
}

// The API server of another cluster refuses capitals in a hostname. DNS does not tell them from small letters.
const written = (text: string): string => (isIP(text) === 0 ? text.toLowerCase() : text);

// 0.0.0.0 and :: stand for every address of a machine, and lead nowhere.
const isAddress = (text: string): boolean =>
  lockedFacts.gatewayAddress.safeParse(written(text)).success && /[^0:.]/.test(text);

function withoutOdd(answer: Answer<readonly string[]>): Answer<readonly string[]> {
  if (answer.kind !== 'found' || answer.value.every(isAddress)) return mapAnswer(answer, (all) => all.map(written));
  return {
    kind: 'failed',
    reason: 'its Service has one that is neither an IP address nor a hostname',
    fix: 'correct the address of the Service, or of what has given it: its load balancer, or a node',
  };
}

/**
 * As istiod: for each entry of a load balancer its IP address, and its hostname only without one; and `externalIPs`. Nodes
 * stand for a NodePort that names them, and for that one alone (1.31.0 pilot/pkg/serviceregistry/kube/conversion.go, and
 * its controller/network.go, updateServiceNodePortAddresses).
 */
async function addressesOf(kubectl: Kubectl, { metadata, spec, status }: Service): Promise<Answer<readonly string[]>> {
  const selector = spec.type === 'NodePort' ? selectorOf(metadata.annotations) : null;
  if (selector !== null) return readNodeAddresses(kubectl, selector);
  const ingress = spec.type === 'LoadBalancer' ? status.loadBalancer.ingress : [];
  const all = [...ingress.flatMap(({ ip, hostname }) => ip || (hostname ?? ip ?? [])), ...spec.externalIPs];
  const isName = (text: string): number => (isIP(text) === 0 ? 1 : 0);
  // IP addresses first: API servers and Istio 1.7 can use nothing else.
  return { kind: 'found', value: [...all].sort((a, b) => isName(a) - isName(b)) };
}

/** Ends a sentence about a gateway without an address: why istiod hands none out, if nodes stand for it. */
export function whyNone({ nodePorts }: Gateway): string {
  return nodePorts === null ? '' : `: ${nodesWithout}`;
}

const nodesWithout =
  'no node has one of type ExternalIP, and istiod takes no other one (it would hand out the addresses of pods); ' +
  'use type: ExternalIPs with the addresses at which other networks reach the nodes';
