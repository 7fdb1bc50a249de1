import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { SailIstioSpec } from '../model/istio-installation.ts';

/** An `Istio` of the Sail operator, which is cluster-scoped. */
export interface SailIstioProps {
  readonly name: string;
  readonly spec: SailIstioSpec;
}

/**
 * The resource that the Sail operator installs. It is a plain ApiObject with a type of our own: the class that
 * `cdk8s import` generates from this CRD renames keys (`meshID`) and drops unknown ones, while values must pass through
 * unchanged.
 */
export class SailIstio extends ApiObject {
  constructor(scope: Construct, id: string, { name, spec }: SailIstioProps) {
    super(scope, id, { apiVersion: 'sailoperator.io/v1', kind: 'Istio', metadata: { name }, spec });
  }
}
