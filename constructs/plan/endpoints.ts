import type { BackendPort } from '../domain/kubernetes/service-backends.ts';
import type { Cluster, Federation } from '../model/federation.ts';
import type { PlannedFile } from './component.ts';
import type { EffectiveFile } from './engines/engine.ts';
import { runningIn } from './running.ts';

/** A place to which the proxies of one cluster send calls of one port of a Service. One row of `endpoints.tsv`. */
export interface ExpectedEndpoint {
  /** The cluster of the caller. */
  readonly client: Cluster;
  readonly namespace: string;
  readonly service: string;
  readonly port: BackendPort;
  /** The cluster whose pods answer. */
  readonly serving: Cluster;
  /** The cluster with the gateway that leads there; null: pods are called at their own addresses. */
  readonly gateway: Cluster | null;
  /** A declared or observed address of that gateway; null: nobody knew it, or there is no gateway. */
  readonly address: string | null;
}

/** Where calls will go: of each Service, from every cluster that has it, to every cluster whose pods stand behind it. */
export function planEndpoints(
  federation: Federation,
  files: readonly PlannedFile[],
  effective: readonly EffectiveFile[],
): readonly ExpectedEndpoint[] {
  const running = runningIn(federation, files, effective);
  const ways = new Map(federation.clusters.map((cluster) => [cluster, gatewaysTo(federation, cluster)]));
  return running.flatMap(({ cluster: client, services }) =>
    [...services].flatMap(([key, { namespace, name: service, ports }]) => {
      const places = running.flatMap(({ cluster: serving, served }) =>
        placesOf(client, serving, served.get(key), ways.get(serving) ?? []),
      );
      return ports.flatMap((port) => places.map((place) => ({ client, namespace, service, port, ...place })));
    }),
  );
}

type Place = Pick<ExpectedEndpoint, 'serving' | 'gateway' | 'address'>;

// Through a gateway there is no way to a pod without a sidecar: istiod leaves it out.
function placesOf(
  client: Cluster,
  serving: Cluster,
  served: { readonly isInjected: boolean } | undefined,
  ways: readonly Pick<Place, 'gateway' | 'address'>[],
): readonly Place[] {
  if (served === undefined) return [];
  if (client.network === serving.network) return [{ serving, gateway: null, address: null }];
  return served.isInjected ? ways.map((way) => ({ serving, ...way })) : [];
}

/** The gateways through which other networks reach the pods of a cluster, an entry for each address. */
function gatewaysTo({ clusters, istio }: Federation, serving: Cluster) {
  // istiod knows no gateway of a cluster that it does not read.
  const ofNetwork = clusters.filter(
    ({ network, gateway, isLeaving }) => network === serving.network && gateway !== null && !isLeaving,
  );
  // 1.7 knows gateways by network only; since 1.8 a cluster's own go first.
  const own = istio.dialect.prefersOwnGateway ? ofNetwork.filter(({ name }) => name === serving.name) : [];
  return (own.length > 0 ? own : ofNetwork).flatMap((gateway) =>
    addressesOf(gateway).map((address) => ({ gateway, address })),
  );
}

// Which port a node opens is known only there.
function addressesOf({ gateway }: Cluster): readonly (string | null)[] {
  const isKnown = gateway !== null && gateway.type !== 'NodePort' && gateway.addresses.length > 0;
  return isKnown ? gateway.addresses : [null];
}
