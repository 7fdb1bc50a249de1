import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Gateway, GatewaySpecServersTlsMode } from '../../imports/istio-1.7.2-networking.istio.io.ts';
import type { Component } from '../plan/component.ts';

/** The Gateway that lets calls from other networks through to the services of the mesh, by their SNI. */
export class PassthroughGatewayChart extends Chart {
  constructor(
    scope: Construct,
    id: string,
    { name, selector, port }: Extract<Component, { kind: 'passthroughGateway' }>,
  ) {
    super(scope, id);
    new Gateway(this, name, {
      metadata: { name, namespace: 'istio-system' },
      spec: {
        selector: { ...selector },
        servers: [
          {
            port: { number: port, name: 'tls', protocol: 'TLS' },
            tls: { mode: GatewaySpecServersTlsMode.AUTO_UNDERSCORE_PASSTHROUGH },
            hosts: ['*.local'],
          },
        ],
      },
    });
  }
}
