import { type DefectCondition, findIstioDefects } from '../../../domain/istio/defects.ts';
import { isMapping } from '../../../domain/json/mapping.ts';
import { valueAt } from '../../../domain/json/path.ts';
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

/** Whether a declaration meets the defects of its version: nobody reads a warning about what is not there. */
const conditions: Readonly<Record<DefectCondition, (evidence: Evidence) => boolean>> = {
  'any mesh': () => true,
  'ambient mode': (evidence) => switchesAmbientOn(evidence) || isLabelled(evidence, ambientLabels),
  BackendTLSPolicy: ({ manifests }) => manifests.some(({ kind }) => kind === 'BackendTLSPolicy'),
};

// Of namespaces, Services and pods (istio/api label/labels.gen.go).
const ambientLabels = ['istio.io/dataplane-mode', 'istio.io/use-waypoint', 'istio.io/waypoint-for'];
const ambientSwitches = ['PILOT_ENABLE_AMBIENT', 'AMBIENT_ENABLE_MULTI_NETWORK'];

function switchesAmbientOn(evidence: Evidence): boolean {
  const values = [evidence.declaration.istio, ...clustersOf(evidence).map(({ cluster }) => cluster.istio)];
  return values.some((istio) => {
    return ambientSwitches.some((key) => String(valueAt(istio?.values, ['pilot', 'env', key])) === 'true');
  });
}

function isLabelled({ manifests }: Evidence, labels: readonly string[]): boolean {
  return manifests.some(({ object }) => labels.some((label) => hasKey(object, label)));
}

// At any depth: pods have theirs in a template.
function hasKey(node: unknown, key: string): boolean {
  if (Array.isArray(node)) return node.some((one) => hasKey(one, key));
  return isMapping(node) && (Object.hasOwn(node, key) || Object.values(node).some((one) => hasKey(one, key)));
}

/** Defects of the declared version, where the declaration meets them. */
export const istioDefectWarnings = { istioVersionHasADefect };
