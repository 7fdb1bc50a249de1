import { type Path, valueAt } from '../../../domain/json/path.ts';
import type { Finding } from '../../problems/finding.ts';
import { clustersOf, type Evidence } from '../evidence.ts';
import { currentValues, type DeclaredValues } from './values-of.ts';

const ofCni = ['pilot', 'cni', 'enabled'];
const platforms = [['global', 'platform'], ['platform']];

// With the switch on, the injector leaves out istio-init, and a sidecar waits for the node agent of the chart istio-cni
// (1.31.0 manifests/charts/istio-control/istio-discovery/files/injection-template.yaml). No installer gets this chart
// here, and a plan that does not install it must not rely on it.
function istioValueNeedsNoCni(evidence: Evidence): readonly Finding[] {
  const all = currentValues(evidence);
  return all.flatMap((one) => [
    ...(valueAt(one.values, ofCni) === true ? [finding(one, ofCni, 'remove it')] : []),
    ...(isSwitchedOff(evidence, all, one) ? [] : platforms)
      .filter((path) => valueAt(one.values, path) === 'openshift')
      // The platform's own profile has the switch on (.../files/profile-platform-openshift.yaml).
      .map((path) => finding(one, path, 'add pilot.cni.enabled: false, or remove it')),
  ]);
}

function finding({ at, values }: DeclaredValues, place: Path, fix: string): Finding {
  return {
    path: at(place),
    got: valueAt(values, place),
    expected: "no value that needs Istio's CNI node agent: no installer installs it here, and no pod would start",
    fix,
  };
}

function isSwitchedOff(evidence: Evidence, all: readonly DeclaredValues[], one: DeclaredValues): boolean {
  const isOff = (place: DeclaredValues | undefined): boolean => valueAt(place?.values, ofCni) === false;
  const ofPlace = (place: number | null): DeclaredValues | undefined => all.find(({ cluster }) => cluster === place);
  if (isOff(one)) return true;
  if (one.cluster !== null) return isOff(ofPlace(null));
  return clustersOf(evidence).every(({ index }) => isOff(ofPlace(index)));
}

/** Rules about values that rely on the CNI node agent. */
export const istioCniRules = { istioValueNeedsNoCni };
