import { isIP } from 'node:net';
import { z } from 'zod';
import type { Answer, Kubectl } from './kubectl.ts';

/** Services of a gateway for other networks: the output's own, and that of istioctl on Istio 1.7. */
const serviceNames = ['istio-eastwestgateway', 'istio-ingressgateway'];

const address = z
  .string()
  .refine((text) => isIP(text) !== 0 || /^(?=.{1,253}$)[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(text));

const serviceSchema = z.object({
  spec: z.object({ type: z.string().default('ClusterIP'), externalIPs: z.array(address).default([]) }),
  status: z
    .object({
      loadBalancer: z
        .object({ ingress: z.array(z.object({ ip: address.optional(), hostname: address.optional() })).default([]) })
        .default({ ingress: [] }),
    })
    .default({ loadBalancer: { ingress: [] } }),
});

const nodesSchema = z.object({
  items: z.array(
    z.object({
      status: z
        .object({ addresses: z.array(z.object({ type: z.string(), address: z.string() })).default([]) })
        .default({ addresses: [] }),
    }),
  ),
});

/**
 * The address at which other networks reach the gateway of a cluster. `absent` while there is no gateway, or while it has
 * no address. An answer that is no address is a failure: an address becomes an argument and a value of other clusters.
 */
export async function readGatewayAddress(kubectl: Kubectl): Promise<Answer<string>> {
  for (const name of serviceNames) {
    const service = await kubectl.get({ resource: 'service', name, namespace: 'istio-system' }, serviceSchema);
    if (service.kind === 'found') return addressOf(kubectl, service.value);
    if (service.kind === 'failed') return service;
  }
  return { kind: 'absent' };
}

async function addressOf(kubectl: Kubectl, service: z.output<typeof serviceSchema>): Promise<Answer<string>> {
  const { type, externalIPs } = service.spec;
  if (type === 'NodePort') return nodeAddress(kubectl);
  if (type === 'ClusterIP') return firstOf(externalIPs);
  const { ingress } = service.status.loadBalancer;
  // As istiod: an IP address before a hostname.
  return firstOf([...ingress.flatMap(({ ip }) => ip ?? []), ...ingress.flatMap(({ hostname }) => hostname ?? [])]);
}

async function nodeAddress(kubectl: Kubectl): Promise<Answer<string>> {
  const nodes = await kubectl.get({ resource: 'nodes', name: null, namespace: null }, nodesSchema);
  if (nodes.kind !== 'found') return nodes;
  const all = nodes.value.items.flatMap(({ status }) => status.addresses);
  const ofType = (type: string): readonly string[] => all.flatMap((one) => (one.type === type ? one.address : []));
  return firstOf([...ofType('ExternalIP'), ...ofType('InternalIP')].filter((text) => address.safeParse(text).success));
}

function firstOf([first]: readonly string[]): Answer<string> {
  return first === undefined ? { kind: 'absent' } : { kind: 'found', value: first };
}
