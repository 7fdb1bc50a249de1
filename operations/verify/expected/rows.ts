import { groupBy } from '../../../constructs/domain/group-by.ts';
import { UserMistake } from '../../../constructs/model/problems/problem.ts';
import type { EndpointTables, GatewayAddress } from './endpoint-tables.ts';

/** A place that answers the calls of a cluster to a port of a service. */
export interface Row {
  /** The cluster that calls. */
  readonly client: string;
  /** The cluster whose istiod configures the callers. */
  readonly primary: string;
  /** DNS name of the service. */
  readonly host: string;
  readonly port: number;
  readonly protocol: 'http' | 'tcp';
  /** The cluster that answers, and its network. */
  readonly serving: string;
  readonly network: string;
  /** The way into another network; null for pods of the caller's own network. */
  readonly gateway: { readonly cluster: string; readonly address: GatewayAddress } | null;
}

/** Rows that are checked at most. More than these do not fit into memory. */
const mostRows = 1_000_000;

/** The clusters and services that are asked for. Nothing means all. */
export interface RowFilter {
  readonly only: readonly string[];
  readonly services: readonly string[];
}

/**
 * Joins the tables, client by client in the order of the plan.
 *
 * @param planned names of the clusters of the plan, in its order
 * @throws UserMistake when nothing is left, or far too much
 */
export function joinRows(tables: EndpointTables, planned: readonly string[], filter: RowFilter): readonly Row[] {
  const unknown = filter.only.find((name) => !planned.includes(name));
  if (unknown !== undefined)
    throw new UserMistake(`the plan has no cluster ${unknown}: its clusters are ${planned.join(', ')}`);
  const services = tables.services.filter(({ service }) => isAskedFor(service, filter.services));
  const memberships = groupBy(tables.clients, ({ cluster }) => cluster);
  const places = groupBy(tables.endpoints, ({ endpoints }) => endpoints);
  const join = waysOf(tables);
  const rows: Row[] = [];
  for (const name of planned.filter((name) => filter.only.length === 0 || filter.only.includes(name)))
    for (const service of services) {
      const client = memberships.get(name)?.find(({ clients }) => clients === service.clients);
      if (client === undefined) continue;
      for (const place of places.get(service.endpoints) ?? []) rows.push(...join(service, client, place));
      if (rows.length > mostRows)
        throw new UserMistake(`there are more than ${mostRows} rows to check: check fewer with --only or --service`);
    }
  if (rows.length > 0) return rows;
  throw new UserMistake('none of these clusters calls any of these services: look at services.tsv and clients.tsv');
}

function isAskedFor(host: string, services: readonly string[]): boolean {
  return services.length === 0 || services.some((service) => host === service || host.startsWith(`${service}.`));
}

type Join = (
  service: EndpointTables['services'][number],
  client: EndpointTables['clients'][number],
  place: EndpointTables['endpoints'][number],
) => readonly Row[];

// Pods in the client's own network are called directly.
function waysOf({ gateways }: EndpointTables): Join {
  const ofNetwork = groupBy(gateways, ({ network }) => network);
  return (service, client, place) => {
    const row = {
      client: client.cluster,
      primary: client.primary,
      host: service.service,
      port: service.port,
      protocol: service.protocol,
      serving: place.serving,
      network: place.network,
    };
    if (place.network === client.network) return [{ ...row, gateway: null }];
    const ways = (ofNetwork.get(place.network) ?? []).filter(
      ({ gateway }) => place.gateway === '*' || gateway === place.gateway,
    );
    return ways.map(({ gateway, address }) => ({ ...row, gateway: { cluster: gateway, address } }));
  };
}

/** A port of a service as one cluster calls it. Several rows may share it. */
export function callOf({ client, host, port }: Row): string {
  return `${client}|${port}|${host}`;
}

/** The namespace of a DNS name of a service. */
export function namespaceOf(host: string): string {
  return host.split('.')[1] ?? '';
}

/** The endpoint of a row as reports name it: `local`, or the address in gateways.tsv. */
export function endpointOf({ gateway }: Row): string {
  return gateway === null ? 'local' : gateway.address.text;
}
