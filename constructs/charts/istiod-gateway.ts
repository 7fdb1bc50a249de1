import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Gateway, GatewaySpecServersTlsMode, VirtualService } from '../../imports/istio-1.31.4-networking.istio.io.ts';
import type { Component } from '../plan/component.ts';

interface ExposedPort {
  readonly name: string;
  /** Port of the gateway. */
  readonly number: number;
  /** Port of istiod's Service. */
  readonly target: number;
}

const discovery: ExposedPort = { name: 'tls-istiod', number: 15012, target: 15012 };
const webhook: ExposedPort = { name: 'tls-istiodwebhook', number: 15017, target: 443 };

/**
 * Routes the proxies of remotes through the gateway to istiod, and likewise their API servers on the way to the
 * injector. TLS passes through, so istiod itself proves its identity (1.31.0 samples/multicluster/expose-istiod.yaml).
 */
export class IstiodGatewayChart extends Chart {
  constructor(
    scope: Construct,
    id: string,
    { selector, istiod, hasWebhook }: Extract<Component, { kind: 'istiodGateway' }>,
  ) {
    super(scope, id);
    const ports = hasWebhook ? [discovery, webhook] : [discovery];
    new Gateway(this, 'istiod-gateway', {
      metadata: { name: 'istiod-gateway', namespace: 'istio-system' },
      spec: {
        selector: { ...selector },
        servers: ports.map(({ name, number }) => ({
          port: { number, name, protocol: 'TLS' },
          tls: { mode: GatewaySpecServersTlsMode.PASSTHROUGH },
          hosts: ['*'],
        })),
      },
    });
    new VirtualService(this, 'istiod-vs', {
      metadata: { name: 'istiod-vs', namespace: 'istio-system' },
      spec: {
        hosts: ['*'],
        gateways: ['istiod-gateway'],
        tls: ports.map(({ number, target }) => ({
          match: [{ port: number, sniHosts: ['*'] }],
          route: [{ destination: { host: istiod, port: { number: target } } }],
        })),
      },
    });
  }
}
