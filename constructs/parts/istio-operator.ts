import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { IstioOperatorSpec, IstioOperatorSpec17 } from '../model/istio-installation.ts';

/**
 * A file for `istioctl install -f`, never applied. `cdk8s import` drops the whole spec, since this CRD has no schema,
 * so this is a plain ApiObject with a type of our own.
 */
export class IstioOperator extends ApiObject {
  constructor(scope: Construct, id: string, spec: IstioOperatorSpec | IstioOperatorSpec17) {
    super(scope, id, {
      apiVersion: 'install.istio.io/v1alpha1',
      kind: 'IstioOperator',
      // The name under which istioctl stores its installation. It reads only the spec of this file (1.7.2
      // operator/cmd/mesh/install.go).
      metadata: { name: 'installed-state', namespace: 'istio-system' },
      spec,
    });
  }
}
