import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { definePlainObjects } from '../../../parts/plain-objects.ts';
import type { KarmadaContent } from '../plan/content.ts';
import { OverridePolicy, PropagationPolicy } from './policies.ts';

/**
 * What Karmada's API server gets. The policies come first, those for what differs before those for what goes where: an
 * object that is there before them would reach the clusters without them.
 */
export class PolicedObjectsChart extends Chart {
  constructor(scope: Construct, id: string, { overridePolicies, propagationPolicies, objects }: KarmadaContent) {
    super(scope, id);
    for (const policy of overridePolicies) new OverridePolicy(this, `override-${policy.name}`, policy);
    for (const policy of propagationPolicies) new PropagationPolicy(this, `propagation-${policy.name}`, policy);
    definePlainObjects(this, objects);
  }
}
