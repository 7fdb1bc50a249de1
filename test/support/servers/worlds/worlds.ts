import { makeServers, type ServerOptions, type Servers } from '../servers.ts';
import type { ClusterDescription } from '../world.ts';
import { karmadaOn } from './karmada.ts';
import { cacerts, kubefedOn, namespace } from './registered.ts';

type Descriptions = Readonly<Record<string, ClusterDescription>>;

/** The address of the API server of a cluster in these worlds, by its position. */
export const urlOf = (index: number): string =>
  `https://198.51.${100 + Math.floor(index / 200)}.${(index % 200) + 1}:6443`;

const withCa = [namespace('istio-system'), cacerts()];

/** Clusters that hold nothing but what Kubernetes holds. */
export function emptyClusters(names: readonly string[], options: ServerOptions = {}): Servers {
  return makeServers(Object.fromEntries(names.map((name) => [name, {}])), options);
}

/** What the default declaration of this repository expects: KubeFed on the host, both clusters joined, a CA in each. */
export function defaultClusters(changes: Partial<Descriptions> = {}): Descriptions {
  return registeredClusters(['host', 'member'], changes);
}

/** Clusters of which the first one is the host of KubeFed, which all have joined, and each of which has a CA. */
export function registeredClusters(names: readonly string[], changes: Partial<Descriptions> = {}): Descriptions {
  const members = Object.fromEntries(names.map((name, index) => [name, urlOf(index)]));
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      { url: urlOf(index), holds: [...(index === 0 ? kubefedOn(members) : []), ...withCa], ...changes[name] },
    ]),
  );
}

/** The servers of `defaultClusters`. */
export function defaultWorld(options: ServerOptions = {}, changes: Partial<Descriptions> = {}): Servers {
  return makeServers(defaultClusters(changes), options);
}

/** What `examples/helm.yaml` expects: nothing. It installs KubeFed, joins the clusters, and installs Istio with helm. */
export function installingWorld(options: ServerOptions = {}, changes: Partial<Descriptions> = {}): Servers {
  // The kubeconfig says 127.0.0.1, and the declaration what others use. A node of the member is its gateway.
  const host = { url: 'https://127.0.0.1:6443', otherUrls: ['https://203.0.113.20:6443'], address: '203.0.113.10' };
  return makeServers({ host: { ...host, ...changes.host }, member: { ...changes.member } }, options);
}

/** What `examples/karmada.yaml` expects: both clusters joined to Karmada, whose API server has a context of its own. */
export function karmadaWorld(options: ServerOptions = {}, changes: Partial<Descriptions> = {}): Servers {
  const members = { host: urlOf(0), member: urlOf(1) };
  return makeServers(
    {
      host: { url: urlOf(0), holds: withCa, ...changes.host },
      member: { url: urlOf(1), holds: withCa, ...changes.member },
      'karmada-apiserver': {
        url: urlOf(2),
        isKarmada: true,
        holds: karmadaOn(members),
        ...changes['karmada-apiserver'],
      },
    },
    options,
  );
}

/** What `examples/multi-primary.yaml` expects: three clusters that have joined KubeFed, and the addresses that it declares. */
export function multiPrimaryWorld(options: ServerOptions = {}, changes: Partial<Descriptions> = {}): Servers {
  const addresses = { frankfurt: '203.0.113.10', virginia: 'virginia.lb.example.com', singapore: null };
  const holds = { frankfurt: {}, virginia: { holds: [] }, singapore: { holds: [] } };
  const named = Object.entries(addresses).map(([name, address]) => [
    name,
    { address, ...holds[name as keyof typeof holds], ...changes[name] },
  ]);
  return makeServers(registeredClusters(Object.keys(addresses), Object.fromEntries(named)), options);
}

/** Many clusters without an engine, each with a CA: `c1`, `c2` and so on. */
export function manyClusters(count: number, options: ServerOptions = {}): Servers {
  const names = Array.from({ length: count }, (_, index) => `c${index + 1}`);
  const described = names.map((name, index) => [name, { url: urlOf(index), holds: withCa }] as const);
  return makeServers(Object.fromEntries(described), options);
}
