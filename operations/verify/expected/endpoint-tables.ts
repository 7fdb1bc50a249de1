import { isIP } from 'node:net';
import { z } from 'zod';
import { dnsLabelPattern, dnsSubdomainPattern } from '../../../constructs/domain/kubernetes/dns-names.ts';
import { UserMistake } from '../../../constructs/model/problems/problem.ts';
import { readTable } from '../../plan/read-table.ts';

/** The address of a gateway in `gateways.tsv`. Without a host, only the cluster knows it. */
export interface GatewayAddress {
  /** As the table has it. */
  readonly text: string;
  readonly host: string | null;
  /** Port of the gateway's Service. */
  readonly port: number;
}

// Tables are files that somebody may have edited. Their values become arguments of programs.
const label = z.string().regex(dnsLabelPattern);
const setName = z.string().regex(dnsSubdomainPattern);
const network = z.string().regex(/^(?!-)[\w.-]{1,253}$/);
const port = z
  .string()
  .regex(/^[1-9]\d{0,4}$/)
  .transform(Number)
  .pipe(z.int().max(65535));
const addressText = z.string().transform((text, context): GatewayAddress => {
  const [, host = '', digits] = /^(.{1,300}):([1-9]\d{0,4})$/.exec(text) ?? [];
  const bare = /^\[(.*)\]$/.exec(host)?.[1] ?? host;
  const isKnown = isIP(host) === 4 || (bare !== host && isIP(bare) === 6) || dnsSubdomainPattern.test(host);
  const isLate = host.startsWith('gateway-address:') && dnsLabelPattern.test(host.slice('gateway-address:'.length));
  if (isKnown || isLate) return { text, host: isLate ? null : bare, port: Number(digits) };
  context.addIssue('no address');
  return z.NEVER;
});

const services = {
  service: z
    .string()
    .regex(/^([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})\.svc\.[a-z0-9.-]{1,189}$/)
    .regex(dnsSubdomainPattern),
  port,
  protocol: z.enum(['http', 'tcp']),
  clients: setName,
  endpoints: setName,
};
const clients = { clients: setName, cluster: label, network, primary: label };
const endpoints = { endpoints: setName, serving: label, network, gateway: z.union([z.literal(['-', '*']), label]) };
const gateways = { gateway: label, network, address: addressText };

type RowOf<T extends z.ZodRawShape> = z.output<z.ZodObject<T>>;

/** The four tables of the endpoints that calls should reach; docs/output.md describes them. */
export interface EndpointTables {
  readonly services: readonly RowOf<typeof services>[];
  readonly clients: readonly RowOf<typeof clients>[];
  readonly endpoints: readonly RowOf<typeof endpoints>[];
  readonly gateways: readonly RowOf<typeof gateways>[];
}

/**
 * Reads the four tables of an output.
 *
 * @param planned names of the clusters of its plan
 * @throws UserMistake when a table is missing or wrong, or when the tables are not from one synth
 */
export function readEndpointTables(directory: string, planned: readonly string[]): EndpointTables {
  const tables = {
    services: readTable(directory, 'services.tsv', services),
    clients: readTable(directory, 'clients.tsv', clients),
    endpoints: readTable(directory, 'endpoints.tsv', endpoints),
    gateways: readTable(directory, 'gateways.tsv', gateways),
  };
  refuseUnknown(tables, new Set(planned));
  return tables;
}

// A row names something that another table does not have: the tables are not from one synth.
function refuseUnknown({ services, clients, endpoints, gateways }: EndpointTables, planned: ReadonlySet<string>): void {
  const ways = new Set(gateways.flatMap(({ gateway, network }) => [`${network} ${gateway}`, `${network} *`]));
  const sets = {
    clients: new Set(clients.map((row) => row.clients)),
    endpoints: new Set(endpoints.map((row) => row.endpoints)),
  };
  const expectAll = (table: string, names: readonly string[], known: ReadonlySet<string>, owner: string): void => {
    const unknown = names.find((name) => !known.has(name));
    if (unknown !== undefined)
      throw new UserMistake(`${table} names ${unknown}, which ${owner} does not have: synthesize again`);
  };
  expectAll(
    'gateways.tsv',
    gateways.map(({ gateway }) => gateway),
    planned,
    'plan.json',
  );
  expectAll(
    'endpoints.tsv',
    endpoints.map(({ serving }) => serving),
    planned,
    'plan.json',
  );
  expectAll(
    'clients.tsv',
    clients.flatMap(({ cluster, primary }) => [cluster, primary]),
    planned,
    'plan.json',
  );
  const places = endpoints.filter(({ gateway }) => gateway !== '-');
  expectAll(
    'endpoints.tsv',
    places.map((row) => `${row.network} ${row.gateway}`),
    ways,
    'gateways.tsv',
  );
  expectAll(
    'services.tsv',
    services.map((row) => row.clients),
    sets.clients,
    'clients.tsv',
  );
  expectAll(
    'services.tsv',
    services.map((row) => row.endpoints),
    sets.endpoints,
    'endpoints.tsv',
  );
}
