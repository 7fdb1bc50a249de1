import { type DefectCondition, findIstioDefects } from '../../../domain/istio/defects.ts';
import { valueAt } from '../../../domain/json/path.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { Finding } from '../../problems/finding.ts';
import { clustersOf, type Evidence } from '../evidence.ts';

function istioVersionHasADefect(evidence: Evidence): readonly Finding[] {
  const version = evidence.declaration.istio?.version;
  if (version === undefined) return [];
  return findIstioDefects(version)
    .filter(({ condition }) => conditions[condition](evidence))
    .map(({ what, fix }) => ({
      path: ['istio', 'version'],
      got: version,
      expected: `a version without this defect: ${what}`,
      fix,
    }));
}

/**
 * Whether a declaration meets the condition of a defect, so that no warning is about a feature that it does not use.
 */
const conditions: Readonly<Record<DefectCondition, (evidence: Evidence) => boolean>> = {
  'any mesh': () => true,
  'ambient mode': (evidence) => switchesAmbientOn(evidence) || evidence.manifests.some(isAmbient),
  BackendTLSPolicy: ({ manifests }) => manifests.some(({ kind }) => kind === 'BackendTLSPolicy'),
};

const ambientSwitches = ['PILOT_ENABLE_AMBIENT', 'AMBIENT_ENABLE_MULTI_NETWORK'];
// Go's strconv.ParseBool, and with it istiod, accepts these (1.31.0 pkg/env/var.go).
const truths = ['1', 't', 'T', 'true', 'TRUE', 'True'];

function switchesAmbientOn(evidence: Evidence): boolean {
  const values = [evidence.declaration.istio, ...clustersOf(evidence).map(({ cluster }) => cluster.istio)];
  return values.some((istio) => {
    const isOn = (key: string): boolean => truths.includes(String(valueAt(istio?.values, ['pilot', 'env', key])));
    return ambientSwitches.some(isOn);
  });
}

// Labels of namespaces, Services and pods (istio/api label/labels.gen.go), and the class of a waypoint.
function isAmbient({ object }: Manifest): boolean {
  const labels = [['metadata'], ['spec', 'template', 'metadata']].map((path) => valueAt(object, [...path, 'labels']));
  return valueAt(object, ['spec', 'gatewayClassName']) === 'istio-waypoint' || labels.some(isMarked);
}

function isMarked(labels: unknown): boolean {
  const waypoint = valueAt(labels, ['istio.io/use-waypoint']);
  return (
    valueAt(labels, ['istio.io/dataplane-mode']) === 'ambient' ||
    valueAt(labels, ['istio.io/waypoint-for']) !== undefined ||
    (waypoint !== undefined && waypoint !== 'none')
  );
}

/** Defects of the declared version, where the declaration meets them. */
export const istioDefectWarnings = { istioVersionHasADefect };
