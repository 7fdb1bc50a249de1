import { createServer, type Server, connect as tcpConnect } from 'node:net';
import type { Cluster } from '../../environment.ts';
import { find, kubectl } from '../../kubernetes/kubectl.ts';
import { addToBridge } from '../../machine/network.ts';
import { startedServer, stop } from '../../machine/servers.ts';
import { sleep } from '../../machine/wait.ts';
import { GATEWAY } from '../../mesh/gateways.ts';
import { cluster as clusterRow } from '../../tables/clusters.ts';

/** What a cloud tells about a load balancer, in the status of its Service. */
export interface Ingress {
  readonly ip?: string;
  readonly hostname?: string;
}

/** A cloud with a load balancer for the gateway of one cluster. */
export interface Cloud {
  /** From now on, the Service says this of its load balancer. */
  readonly tell: (ingress: Ingress) => Promise<void>;
  readonly end: () => Promise<void>;
}

interface Service {
  readonly spec: { readonly type: string; readonly ports: readonly { port: number; nodePort?: number }[] };
  readonly status: { readonly loadBalancer?: { readonly ingress?: readonly Ingress[] } };
}

/**
 * Takes the place of the cluster's own controller for LoadBalancer Services. As in many clouds, the load balancer is
 * outside the cluster: it listens at an address of its own, and hands connections to the node ports of the Service.
 */
export async function startCloud(cluster: Cluster, address: string, first: Ingress): Promise<Cloud> {
  await stop(startedServer(cluster.name, 'metallb-controller'));
  await addToBridge(address);
  const balancer = new Balancer(address, clusterRow(cluster.name).address);
  let ingress = first;
  let hasEnded = false;
  const work = (async () => {
    while (!hasEnded) {
      // What fails is tried again: somebody may delete the Service meanwhile.
      await reconcile(cluster, balancer, ingress).catch(() => undefined);
      await sleep(1);
    }
  })();
  return {
    tell: (next) => {
      ingress = next;
      return reconcile(cluster, balancer, ingress);
    },
    end: async () => {
      hasEnded = true;
      await work;
      balancer.close();
    },
  };
}

async function reconcile(cluster: Cluster, balancer: Balancer, ingress: Ingress): Promise<void> {
  const service = await find<Service>(cluster, [`service/${GATEWAY}`, '--namespace=istio-system']);
  if (service === undefined) return;
  const isBalanced = service.spec.type === 'LoadBalancer';
  balancer.forward(isBalanced ? service.spec.ports : []);
  const wanted = isBalanced ? [ingress] : [];
  if (textOf(service.status.loadBalancer?.ingress ?? []) === textOf(wanted)) return;
  const patch = JSON.stringify({ status: { loadBalancer: { ingress: wanted } } });
  const words = ['patch', `service/${GATEWAY}`, '--namespace=istio-system', '--subresource=status', '--type=merge'];
  await kubectl(cluster, [...words, '--patch', patch]);
}

// The server adds a mode to each IP address.
const textOf = (all: readonly Ingress[]): string => all.map(({ ip, hostname }) => `${ip} ${hostname}`).join();

/** Listens at an address and hands each connection to a port of a node. */
class Balancer {
  private readonly servers = new Map<number, Server>();
  private readonly nodePorts = new Map<number, number>();
  private readonly address: string;
  private readonly node: string;

  constructor(address: string, node: string) {
    this.address = address;
    this.node = node;
  }

  forward(ports: Service['spec']['ports']): void {
    this.nodePorts.clear();
    for (const { port, nodePort } of ports) {
      if (nodePort === undefined) continue;
      this.nodePorts.set(port, nodePort);
      if (!this.servers.has(port)) this.servers.set(port, this.listen(port));
    }
  }

  close(): void {
    for (const server of this.servers.values()) server.close();
  }

  private listen(port: number): Server {
    const server = createServer((incoming) => {
      const nodePort = this.nodePorts.get(port);
      if (nodePort === undefined) {
        incoming.destroy();
        return;
      }
      const outgoing = tcpConnect(nodePort, this.node);
      incoming.pipe(outgoing).pipe(incoming);
      incoming.on('error', () => outgoing.destroy());
      outgoing.on('error', () => incoming.destroy());
    });
    return server.listen(port, this.address).unref();
  }
}
