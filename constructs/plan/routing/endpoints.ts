import type { BackendPort } from '../../domain/kubernetes/service-backends.ts';
import type { Cluster, Federation } from '../../model/federation.ts';
import type { PlannedFile } from '../component.ts';
import type { EffectiveFile } from '../engines/engine.ts';
import { calledServices, type ServingCluster } from './called-services.ts';
import { servicesInClusters } from './services-in-clusters.ts';
import { type NamedSet, shareSets } from './shared-sets.ts';
import { type GatewayAddress, gatewayAddresses, waysInto } from './ways-in.ts';

/**
 * A port of a Service, with the names of the sets of clusters that call it and that answer it. One row of
 * `services.tsv`.
 */
export interface ExpectedCalls {
  readonly namespace: string;
  readonly service: string;
  readonly port: BackendPort;
  readonly clients: string;
  readonly endpoints: string;
}

/**
 * The expected endpoints of each Service, from every cluster that has it to every cluster with pods behind it. No list
 * has a row for a pair of clusters: the networks of two clusters determine the way between them.
 */
export interface ExpectedEndpoints {
  readonly calls: readonly ExpectedCalls[];
  readonly clients: readonly NamedSet<Cluster>[];
  readonly endpoints: readonly NamedSet<ServingCluster>[];
  readonly gateways: readonly GatewayAddress[];
}

/** Plans the expected endpoints. Time and space grow with the objects of all clusters. */
export function planEndpoints(
  federation: Federation,
  files: readonly PlannedFile[],
  effective: readonly EffectiveFile[],
): ExpectedEndpoints {
  const wayInto = waysInto(federation);
  const services = calledServices(federation, servicesInClusters(federation, files, effective), wayInto);
  // A leaving cluster has no workload.
  const staying = federation.clusters.filter(({ isLeaving }) => !isLeaving);
  const clients = shareSets(
    services.map((service) => service.clients),
    staying,
    ({ name }) => name,
  );
  const endpoints = shareSets(
    services.map((service) => service.endpoints),
    staying.map((cluster) => ({ cluster, wayIn: wayInto(cluster) })),
    ({ cluster, wayIn }) => `${cluster.name}/${wayIn}`,
  );
  return {
    calls: services.flatMap((service) =>
      service.ports.map((port) => ({
        namespace: service.namespace,
        service: service.name,
        port,
        clients: clients.nameOf(service.clients),
        endpoints: endpoints.nameOf(service.endpoints),
      })),
    ),
    clients: clients.sets,
    endpoints: endpoints.sets,
    gateways: gatewayAddresses(federation),
  };
}
