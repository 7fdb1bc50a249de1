import { isMapping, type Mapping } from '../../domain/mapping.ts';
import { spreadServiceOf } from '../../domain/service-backends.ts';
import type { Finding } from '../finding.ts';
import { clustersOf, type Subject } from '../subject.ts';
import { forObjects } from './for-objects.ts';

/** Istio reads the annotation where the field is not set (1.31.0 pilot/pkg/model/service.go, GetTrafficDistribution). */
const annotation = 'networking.istio.io/traffic-distribution';

// With a traffic distribution istiod sends pods that are not ready, whatever its variables say (the same file,
// ForcesSupportUnhealthyEndpoints), and counts them into the weight of their network's gateway. With two networks that
// changes nothing: the other one is called only when nobody is left at home.
function trafficDistributionIgnoresReadiness(subject: Subject): readonly Finding[] {
  const networks = new Set(clustersOf(subject).map(({ cluster }) => cluster.network));
  if (networks.size < 3) return [];
  return forObjects(subject, ({ object }) => {
    const found = spreadServiceOf(object) === null ? null : distributionOf(object);
    return (
      found && {
        ...found,
        expected:
          'no traffic distribution where there are three networks or more: calls that leave their network go to the others by all their pods, also those that are not ready',
        fix: 'remove it, and say where calls go first in a DestinationRule (localityLbSetting with outlierDetection)',
      }
    );
  });
}

function distributionOf({ metadata, spec }: Mapping) {
  if (isMapping(spec) && typeof spec.trafficDistribution === 'string')
    return { at: ['spec', 'trafficDistribution'], got: spec.trafficDistribution };
  const annotations = isMapping(metadata) && isMapping(metadata.annotations) ? metadata.annotations : {};
  const value = annotations[annotation];
  return typeof value === 'string' ? { at: ['metadata', 'annotations', annotation], got: value } : null;
}

/** Where calls go to pods that are not ready. */
export const readinessWarnings = { trafficDistributionIgnoresReadiness };
