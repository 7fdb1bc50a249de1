/** A place to which the proxies of a cluster send calls to a port of a Service. */
export interface JoinedEndpoint {
  readonly client: string;
  readonly service: string;
  readonly endpoint: string;
  readonly port: string;
  readonly protocol: string;
  readonly serving: string;
  readonly network: string;
  readonly gateway: string;
  readonly primary: string;
}

type Row = Readonly<Record<string, string>>;
type Output = Readonly<Record<string, string>>;

// The rows of a table, by column.
function rowsOf(output: Output, path: string): readonly Row[] {
  const [header = [], ...rows] = (output[path] ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  return rows.map((values) => Object.fromEntries(header.map((column, index) => [column, values[index] ?? ''])));
}

/**
 * Every pair of a caller and a place, joined as described in docs/output.md: client by client, in the order of the
 * plan.
 */
export function joinEndpoints(output: Output): readonly JoinedEndpoint[] {
  const clusters = new Set(rowsOf(output, 'plan.tsv').map(({ cluster }) => cluster));
  const clients = rowsOf(output, 'clients.tsv');
  const places = rowsOf(output, 'endpoints.tsv');
  const gateways = rowsOf(output, 'gateways.tsv');
  return [...clusters].flatMap((cluster) =>
    rowsOf(output, 'services.tsv').flatMap((service) =>
      clients
        .filter((client) => client.clients === service.clients && client.cluster === cluster)
        .flatMap((client) =>
          places
            .filter((place) => place.endpoints === service.endpoints)
            .flatMap((place) => waysTo(client, place, gateways).map((way) => joined(service, client, place, way))),
        ),
    ),
  );
}

function waysTo(client: Row, { network, gateway }: Row, gateways: readonly Row[]): readonly Row[] {
  if (client.network === network) return [{ gateway: '-', address: 'local' }];
  return gateways.filter((row) => (gateway === '*' ? row.network === network : row.gateway === gateway));
}

function joined(service: Row, client: Row, place: Row, way: Row): JoinedEndpoint {
  return {
    client: client.cluster ?? '',
    service: service.service ?? '',
    endpoint: way.address ?? '',
    port: service.port ?? '',
    protocol: service.protocol ?? '',
    serving: place.serving ?? '',
    network: place.network ?? '',
    gateway: way.gateway ?? '',
    primary: client.primary ?? '',
  };
}
