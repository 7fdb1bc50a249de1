import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { definePlainObjects } from '../../../parts/plain-objects.ts';
import type { KarmadaContent } from '../plan/content.ts';
import { OverridePolicy, PropagationPolicy } from './policies.ts';

/**
 * The objects for Karmada's API server. Policies come first, and override policies before propagation policies: an
 * object created before its policies would reach the clusters without them.
 */
export class PolicedObjectsChart extends Chart {
  constructor(scope: Construct, id: string, { overridePolicies, propagationPolicies, objects }: KarmadaContent) {
    super(scope, id);
    for (const policy of overridePolicies) new OverridePolicy(this, `override-${policy.name}`, policy);
    for (const policy of propagationPolicies) new PropagationPolicy(this, `propagation-${policy.name}`, policy);
    definePlainObjects(this, objects);
  }
}
