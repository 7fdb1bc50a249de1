import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import * as v1alpha3 from '../../imports/istio-1.7.2-networking.istio.io.ts';
import * as v1 from '../../imports/istio-1.31.4-networking.istio.io.ts';
import type { Component } from '../plan/component.ts';

// The two generated modules differ only in types for a Gateway.
const apis = { v1, v1alpha3: v1alpha3 as unknown as Pick<typeof v1, 'Gateway' | 'GatewaySpecServersTlsMode'> };

/** The Gateway that lets calls from other networks through to the services of the mesh, by their SNI. */
export class PassthroughGatewayChart extends Chart {
  constructor(
    scope: Construct,
    id: string,
    { version, name, selector, port, hosts }: Extract<Component, { kind: 'passthroughGateway' }>,
  ) {
    super(scope, id);
    const { Gateway, GatewaySpecServersTlsMode } = apis[version];
    new Gateway(this, name, {
      metadata: { name, namespace: 'istio-system' },
      spec: {
        selector: { ...selector },
        servers: [
          {
            port: { number: port, name: 'tls', protocol: 'TLS' },
            tls: { mode: GatewaySpecServersTlsMode.AUTO_UNDERSCORE_PASSTHROUGH },
            hosts: [...hosts],
          },
        ],
      },
    });
  }
}
