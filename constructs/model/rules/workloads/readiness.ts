import type { Mapping } from '../../../domain/json/mapping.ts';
import { valueAt } from '../../../domain/json/path.ts';
import { spreadServiceOf } from '../../../domain/kubernetes/service-backends.ts';
import type { Finding } from '../../problems/finding.ts';
import { clustersOf, type Evidence } from '../evidence.ts';
import { forObjects } from '../manifests/for-objects.ts';

/** Istio reads the annotation if the field is not set (1.31.0 pilot/pkg/model/service.go, GetTrafficDistribution). */
const annotation = 'networking.istio.io/traffic-distribution';

// With a traffic distribution istiod also sends pods that are not ready, whatever its variables say (the same file,
// ForcesSupportUnhealthyEndpoints), and counts them in the weight of their network's gateway. With two networks this
// has no effect: the other network is called only when the local network has no pods left.
function trafficDistributionIgnoresReadiness(evidence: Evidence): readonly Finding[] {
  const networks = new Set(clustersOf(evidence).map(({ cluster }) => cluster.network));
  if (networks.size < 3) return [];
  return forObjects(evidence, ({ object }) => {
    const found = spreadServiceOf(object) === null ? null : distributionOf(object);
    return (
      found && {
        ...found,
        expected:
          'no traffic distribution with three or more networks: calls that leave their network are shared among the others by all of their pods, including pods that are not ready',
        fix: 'remove it, and set where calls go first in a DestinationRule (localityLbSetting with outlierDetection)',
      }
    );
  });
}

function distributionOf(object: Mapping) {
  const places = [
    ['spec', 'trafficDistribution'],
    ['metadata', 'annotations', annotation],
  ];
  const at = places.find((place) => typeof valueAt(object, place) === 'string');
  return at === undefined ? null : { at, got: valueAt(object, at) };
}

/** Warnings about calls to pods that are not ready. */
export const readinessWarnings = { trafficDistributionIgnoresReadiness };
