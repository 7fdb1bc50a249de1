import { type Path, valueAt } from '../../../domain/json/path.ts';
import type { Finding } from '../../problems/finding.ts';
import { clustersOf, type Evidence } from '../evidence.ts';
import { currentValues, type DeclaredValues } from './values-of.ts';

// The second is for Helm, whose chart takes the values of pilot at the top, too (1.31.0
// manifests/charts/istio-control/istio-discovery/templates/zzy_descope_legacy.yaml).
const switches = [
  ['pilot', 'cni', 'enabled'],
  ['cni', 'enabled'],
];
const platforms = [['global', 'platform'], ['platform']];

// With the switch on, the injector leaves out istio-init, and a sidecar waits for the node agent of the chart istio-cni
// (1.31.0 manifests/charts/istio-control/istio-discovery/files/injection-template.yaml). No installer gets this chart
// here, and a plan that does not install it must not rely on it.
function istioValueNeedsNoCni(evidence: Evidence): readonly Finding[] {
  const all = currentValues(evidence);
  return all.flatMap((one) => [
    ...switches.filter((path) => valueAt(one.values, path) === true).map((path) => finding(one, path, 'remove it')),
    ...(isSwitchedOff(evidence, all, one) ? [] : platforms)
      .filter((path) => valueAt(one.values, path) === 'openshift')
      // The platform's own profile has the switch on (.../files/profile-platform-openshift.yaml).
      .map((path) => finding(one, path, 'add pilot.cni.enabled: false, or remove it')),
  ]);
}

function finding({ path, values }: DeclaredValues, place: Path, fix: string): Finding {
  return {
    path: [...path, ...place],
    got: valueAt(values, place),
    expected: "no value that needs Istio's CNI node agent: no installer installs it here, and no pod would start",
    fix,
  };
}

function isSwitchedOff(
  evidence: Evidence,
  all: readonly DeclaredValues[],
  { values, cluster }: DeclaredValues,
): boolean {
  const isOff = (one: DeclaredValues | undefined): boolean =>
    switches.some((path) => valueAt(one?.values, path) === false);
  const ofPlace = (place: number | null): DeclaredValues | undefined => all.find((one) => one.cluster === place);
  if (isOff({ path: [], values, cluster })) return true;
  if (cluster !== null) return isOff(ofPlace(null));
  return clustersOf(evidence).every(({ index }) => isOff(ofPlace(index)));
}

/** Rules about values that rely on the CNI node agent. */
export const istioCniRules = { istioValueNeedsNoCni };
