import { describe, expect, test } from 'vitest';
import { gatewayApiGroup, readByIstiod } from '../../../../constructs/domain/istio/gateway-api.ts';

const one = (kind: string, name: string, spec: Readonly<Record<string, unknown>>, group = gatewayApiGroup) => ({
  group,
  kind,
  object: { kind, metadata: { name }, spec },
});
const readNames = (...objects: readonly ReturnType<typeof one>[]) =>
  [...readByIstiod(objects)].map(({ object }) => object.metadata.name);

const toService = one('HTTPRoute', 'mesh', { parentRefs: [{ group: '', kind: 'Service', name: 'shop' }] });
const edge = one('Gateway', 'edge', { gatewayClassName: 'istio' });
const nginx = one('Gateway', 'front', { gatewayClassName: 'nginx' });
const through = (name: string, kind = 'HTTPRoute') => one(kind, `through-${name}`, { parentRefs: [{ name }] });

describe('istiod reads', () => {
  test.each(['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'])('a %s of a Service', (kind) => {
    expect(readNames(one(kind, 'route', toService.object.spec))).toEqual(['route']);
  });

  test('a route of a ServiceEntry', () => {
    const parentRefs = [{ group: 'networking.istio.io', kind: 'ServiceEntry', name: 'out' }];
    expect(readNames(one('HTTPRoute', 'route', { parentRefs }))).toEqual(['route']);
  });

  test.each(['istio', 'istio-remote', 'istio-waypoint', 'istio-east-west'])('a Gateway of class %s', (name) => {
    expect(readNames(one('Gateway', 'own', { gatewayClassName: name }))).toEqual(['own']);
  });

  test('a Gateway of a class of its own controller', () => {
    const named = one('GatewayClass', 'public', { controllerName: 'istio.io/gateway-controller' });
    expect(readNames(named, one('Gateway', 'own', { gatewayClassName: 'public' }))).toEqual(['public', 'own']);
  });

  test('what belongs to its Gateways', () => {
    expect(readNames(edge, through('edge'), one('ListenerSet', 'more', { parentRef: { name: 'edge' } }))).toEqual([
      'edge',
      'through-edge',
      'more',
    ]);
  });

  test('the grants beside its routes, but not those of others', () => {
    const grant = one('ReferenceGrant', 'grant', { from: [], to: [] });
    expect(readNames(toService, grant)).toEqual(['mesh', 'grant']);
    expect(readNames(nginx, through('front'), grant)).toEqual([]);
  });
});

describe('istiod does not read', () => {
  test('a Gateway of another class, and its routes', () => {
    expect(readNames(nginx, through('front'), one('Gateway', 'odd', { gatewayClassName: 'istiod' }))).toEqual([]);
  });

  test('a route of a Gateway that is not given', () => {
    expect(readNames(through('elsewhere'))).toEqual([]);
  });

  test('objects of other groups, and objects without the fields', () => {
    expect(readNames(one('HTTPRoute', 'other', toService.object.spec, 'example.com'))).toEqual([]);
    expect(readNames(one('HTTPRoute', 'bare', {}), one('Gateway', 'bare', { gatewayClassName: 7 }))).toEqual([]);
    expect(
      readByIstiod([{ group: gatewayApiGroup, kind: 'HTTPRoute', object: { spec: { parentRefs: 'x' } } }]),
    ).toEqual(new Set());
  });
});
