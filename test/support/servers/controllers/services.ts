import { isIP } from 'node:net';
import type { ApiServer } from '../api/api-server.ts';
import { listAt, mapAt, type StoredObject, textAt, valueAt } from '../api/object.ts';
import { hasCondition } from '../kubectl/forms/output.ts';
import { type Controller, canCreateIn, objectsOf, setStatus } from './controller.ts';
import { shortHash } from './pods.ts';

/** Gives addresses to Services of load balancers, and lists the ready pods behind Services. */
export const services: Controller = ({ server, address, isKarmada }) => {
  if (isKarmada) return;
  const all = objectsOf(server, 'services');
  for (const service of all) {
    if (textAt(service, 'spec', 'type') === 'LoadBalancer' && address !== null)
      setStatus(server, service, {
        loadBalancer: { ingress: [{ [isIP(address) === 0 ? 'hostname' : 'ip']: address }] },
      });
    if (Object.keys(mapAt(service, 'spec', 'selector')).length > 0) listPods(server, service);
  }
  for (const slice of objectsOf(server, 'endpointslices.discovery.k8s.io')) {
    const name = slice.metadata.labels?.['kubernetes.io/service-name'];
    const isServed = all.some(
      ({ metadata }) => metadata.name === name && metadata.namespace === slice.metadata.namespace,
    );
    if (!isServed) server.delete(server.placeOf(slice));
  }
};

function listPods(server: ApiServer, service: StoredObject): void {
  const { namespace = '', name, uid } = service.metadata;
  if (!canCreateIn(server, namespace)) return;
  const wanted = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-${shortHash(`${namespace}/${name}`, 5)}`,
      namespace,
      labels: { 'kubernetes.io/service-name': name },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Service', name, uid }],
    },
    addressType: 'IPv4',
    ...contentOf(server, service),
  };
  const place = server.placeOf(wanted);
  const change = (copy: StoredObject): void => {
    Object.assign(copy, contentOf(server, service));
  };
  if (server.find(place) === undefined) server.create(wanted, { manager: 'kube-controller-manager' });
  else server.patch(place, change, { manager: 'kube-controller-manager' });
}

function contentOf(server: ApiServer, service: StoredObject) {
  const selector = Object.entries(mapAt(service, 'spec', 'selector'));
  const pods = objectsOf(server, 'pods', service.metadata.namespace ?? null);
  const behind = pods.filter(({ metadata }) => selector.every(([key, value]) => metadata.labels?.[key] === value));
  return {
    endpoints: behind.map((pod) => ({
      addresses: [textAt(pod, 'status', 'podIP')],
      conditions: { ready: hasCondition(pod, 'Ready') },
    })),
    ports: listAt(service, 'spec', 'ports').map((port) => ({
      name: textAt(port, 'name'),
      port: valueAt(port, 'targetPort'),
    })),
  };
}
