import { isMapping, type Mapping } from '../json/mapping.ts';
import { valueAt } from '../json/path.ts';

/** The group of the Gateway API. Other controllers than istiod read objects of it, too. */
export const gatewayApiGroup = 'gateway.networking.k8s.io';

/** An object of the Gateway API, and the group of its kind. */
interface GatewayApiObject {
  readonly group: string;
  readonly kind: string;
  readonly object: Mapping;
}

// `istio`, `istio-remote`, `istio-waypoint`, `istio-east-west`: istiod creates the classes with such names itself.
const ownClass = /^istio(-|$)/;
const ownController = /^istio\.io\//;

// Kinds that have no parents of their own: they matter where the routes of the same application are read.
const attached: readonly string[] = ['ReferenceGrant', 'BackendTLSPolicy'];

const nameOf = (object: Mapping): unknown => valueAt(object, ['metadata', 'name']);

const isNamed = (name: unknown, pattern: RegExp): boolean => typeof name === 'string' && pattern.test(name);

/** The classes and the Gateways of an application that istiod implements. */
interface Implemented {
  readonly classes: ReadonlySet<unknown>;
  readonly gateways: ReadonlySet<unknown>;
}

function implementedBy(objects: readonly GatewayApiObject[]): Implemented {
  const ofKind = (kind: string) => objects.filter((one) => one.group === gatewayApiGroup && one.kind === kind);
  const classes = new Set(
    ofKind('GatewayClass')
      .filter(({ object }) => isNamed(valueAt(object, ['spec', 'controllerName']), ownController))
      .map(({ object }) => nameOf(object)),
  );
  const isOurs = (name: unknown) => isNamed(name, ownClass) || classes.has(name);
  const gateways = ofKind('Gateway').filter(({ object }) => isOurs(valueAt(object, ['spec', 'gatewayClassName'])));
  return { classes, gateways: new Set(gateways.map(({ object }) => nameOf(object))) };
}

// A route to a Service configures the sidecars of its callers. A Gateway that is not among the objects is somebody
// else's: nobody knows its class.
function leadsToIstio({ kind, name }: Mapping, { gateways }: Implemented): boolean {
  if (kind === 'Service' || kind === 'ServiceEntry') return true;
  return (kind === undefined || kind === 'Gateway') && gateways.has(name);
}

function isRead({ kind, object }: GatewayApiObject, implemented: Implemented): boolean {
  if (kind === 'GatewayClass') return implemented.classes.has(nameOf(object));
  if (kind === 'Gateway') return implemented.gateways.has(nameOf(object));
  return parentsOf(object).some((parent) => leadsToIstio(parent, implemented));
}

// A route has a list of parents, a ListenerSet has one.
function parentsOf(object: Mapping): readonly Mapping[] {
  return [valueAt(object, ['spec', 'parentRefs']), valueAt(object, ['spec', 'parentRef'])].flat().filter(isMapping);
}

/**
 * The objects of the Gateway API that istiod reads: routes to Services, Gateways of Istio's classes and what is attached
 * to them. istiod reads them only in its own cluster (1.31 pilot/pkg/config/kube/gateway). Objects of other classes, and
 * routes of Gateways that are not given, belong to other controllers.
 *
 * @param objects all objects of one application
 */
export function readByIstiod<T extends GatewayApiObject>(objects: readonly T[]): ReadonlySet<T> {
  const implemented = implementedBy(objects);
  const ofGroup = objects.filter(({ group }) => group === gatewayApiGroup);
  const read = ofGroup.filter((one) => isRead(one, implemented));
  const more = read.length === 0 ? [] : ofGroup.filter(({ kind }) => attached.includes(kind));
  return new Set([...read, ...more]);
}
