import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { SailIstioSpec } from '../model/istio-installation.ts';

/** An `Istio` of the Sail operator; it is of no namespace. */
export interface SailIstioProps {
  readonly name: string;
  readonly spec: SailIstioSpec;
}

/**
 * What the Sail operator installs. A plain ApiObject with a type of our own: the class that `cdk8s import` makes of this
 * CRD renames keys (`meshID`) and drops those it does not know, while values are handed over as they are.
 */
export class SailIstio extends ApiObject {
  constructor(scope: Construct, id: string, { name, spec }: SailIstioProps) {
    super(scope, id, { apiVersion: 'sailoperator.io/v1', kind: 'Istio', metadata: { name }, spec });
  }
}
