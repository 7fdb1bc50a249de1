import { type DefectCondition, findIstioDefects } from '../../domain/istio-defects.ts';
import { isMapping } from '../../domain/mapping.ts';
import type { Finding } from '../finding.ts';
import { clustersOf, type Manifest, type Subject } from '../subject.ts';

function istioVersionHasADefect(subject: Subject): readonly Finding[] {
  const version = subject.declaration.istio?.version;
  if (version === undefined) return [];
  return findIstioDefects(version)
    .filter(({ condition }) => conditions[condition](subject))
    .map(({ what, fix }) => ({
      path: ['istio', 'version'],
      got: version,
      expected: `a version without this defect: ${what}`,
      fix,
    }));
}

/** Whether a declaration meets the defects of its version: nobody reads a warning about what is not there. */
const conditions: Readonly<Record<DefectCondition, (subject: Subject) => boolean>> = {
  'any mesh': () => true,
  'ambient mode': (subject) => switchesAmbientOn(subject) || subject.manifests.some(isAmbient),
  BackendTLSPolicy: ({ manifests }) => manifests.some(({ kind }) => kind === 'BackendTLSPolicy'),
};

const ambientSwitches = ['PILOT_ENABLE_AMBIENT', 'AMBIENT_ENABLE_MULTI_NETWORK'];
// As Go's strconv.ParseBool reads them, and with it istiod (1.31.0 pkg/env/var.go).
const truths = ['1', 't', 'T', 'true', 'TRUE', 'True'];

function switchesAmbientOn(subject: Subject): boolean {
  const values = [subject.declaration.istio, ...clustersOf(subject).map(({ cluster }) => cluster.istio)];
  return values.some((istio) => {
    const env = child(child(istio?.values, 'pilot'), 'env');
    return ambientSwitches.some((key) => truths.includes(String(child(env, key))));
  });
}

// Labels of namespaces, Services and pods (istio/api label/labels.gen.go), and the class of a waypoint.
function isAmbient({ object }: Manifest): boolean {
  const marks = [object.metadata, child(child(object.spec, 'template'), 'metadata')].map((one) => child(one, 'labels'));
  const isWaypoint = child(object.spec, 'gatewayClassName') === 'istio-waypoint';
  return isWaypoint || marks.some(isMarked);
}

function isMarked(labels: unknown): boolean {
  const waypoint = child(labels, 'istio.io/use-waypoint');
  return (
    child(labels, 'istio.io/dataplane-mode') === 'ambient' ||
    child(labels, 'istio.io/waypoint-for') !== undefined ||
    (waypoint !== undefined && waypoint !== 'none')
  );
}

function child(node: unknown, key: string): unknown {
  return isMapping(node) && Object.hasOwn(node, key) ? node[key] : undefined;
}

/** Defects of the declared version, where the declaration meets them. */
export const istioDefectWarnings = { istioVersionHasADefect };
