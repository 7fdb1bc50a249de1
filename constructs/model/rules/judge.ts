import { toProblem } from '../problems/finding.ts';
import type { Problem } from '../problems/problem.ts';
import { clusterRules } from './clusters/clusters.ts';
import { controlPlaneRules } from './clusters/control-planes.ts';
import { dialectKeyRules } from './clusters/dialect-keys.ts';
import { gatewayAddressRules } from './clusters/gateway-addresses.ts';
import { gatewayRules } from './clusters/gateways.ts';
import { leavingRules } from './clusters/leaving.ts';
import { loadBalancerRules } from './clusters/load-balancers.ts';
import { lockRules } from './clusters/lock.ts';
import { primaryRules } from './clusters/primaries.ts';
import { declarationNotationRules } from './declaration-notation.ts';
import { engineChoiceRules } from './engines/engine-choice.ts';
import { gitopsRules } from './engines/gitops.ts';
import { installationRules } from './engines/installations.ts';
import type { Evidence, Rules } from './evidence.ts';
import { clusterDomainRules } from './istio/cluster-domain.ts';
import { istioValueTextRules } from './istio/declared-value-texts.ts';
import { istioValueRules } from './istio/declared-values.ts';
import { istioDefectWarnings } from './istio/defects.ts';
import { discoveryRules } from './istio/discovery-selectors.ts';
import { istioCniRules } from './istio/istio-cni.ts';
import { meshObjectRules } from './istio/mesh-objects.ts';
import { meshWarnings } from './istio/mesh-warnings.ts';
import { remoteValueRules } from './istio/remote-values.ts';
import { valueKeyRules, valueKeyWarnings } from './istio/value-keys.ts';
import { versionRules } from './istio/versions.ts';
import { builtInKindRules } from './manifests/built-in-kinds.ts';
import { manifestFileRules } from './manifests/manifest-files.ts';
import { manifestKindRules } from './manifests/manifest-kinds.ts';
import { manifestObjectRules } from './manifests/manifest-objects.ts';
import { manifestSchemaRules } from './manifests/manifest-schema.ts';
import { manifestValueRules } from './manifests/manifest-values.ts';
import { overrideFieldRules } from './overrides/override-fields.ts';
import { overridePatchRules } from './overrides/override-patches.ts';
import { overrideSchemaRules } from './overrides/override-schema.ts';
import { overrideSecretRules } from './overrides/override-secrets.ts';
import { overrideWarnings } from './overrides/override-warnings.ts';
import { overrideRules } from './overrides/overrides.ts';
import { readinessWarnings } from './workloads/readiness.ts';
import { selectorWarnings } from './workloads/service-selectors.ts';
import { serviceRules, serviceWarnings } from './workloads/services.ts';
import { workloadWarnings } from './workloads/workload-warnings.ts';
import { workloadRules } from './workloads/workloads.ts';
import { zoneWarnings } from './workloads/zones.ts';

/** Errors with every engine and every trust backend: certain mistakes, and objects that a server would refuse. */
export const errorRules: Rules = {
  ...declarationNotationRules,
  ...clusterRules,
  ...versionRules,
  ...engineChoiceRules,
  ...installationRules,
  ...gitopsRules,
  ...controlPlaneRules,
  ...primaryRules,
  ...gatewayRules,
  ...gatewayAddressRules,
  ...loadBalancerRules,
  ...dialectKeyRules,
  ...istioValueRules,
  ...valueKeyRules,
  ...remoteValueRules,
  ...istioValueTextRules,
  ...clusterDomainRules,
  ...discoveryRules,
  ...istioCniRules,
  ...workloadRules,
  ...leavingRules,
  ...manifestFileRules,
  ...builtInKindRules,
  ...manifestKindRules,
  ...manifestObjectRules,
  ...manifestValueRules,
  ...manifestSchemaRules,
  ...overrideRules,
  ...overridePatchRules,
  ...overrideSecretRules,
  ...overrideFieldRules,
  ...serviceRules,
  ...meshObjectRules,
  ...overrideSchemaRules,
  ...lockRules,
};

/** Warnings with every engine and every trust backend: settings that work but will cause trouble. */
export const warningRules: Rules = {
  ...meshWarnings,
  ...istioDefectWarnings,
  ...valueKeyWarnings,
  ...workloadWarnings,
  ...overrideWarnings,
  ...serviceWarnings,
  ...selectorWarnings,
  ...zoneWarnings,
  ...readinessWarnings,
};

/** `clusterNamesAreUnique` in the form that users read: `cluster-names-are-unique`. */
export function ruleId(functionName: string): string {
  return functionName.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** All errors in the evidence, including those by the rules of its engine and its trust backend. */
export function problemsOf(evidence: Evidence): readonly Problem[] {
  const { engine, trust } = evidence;
  return judge({ ...errorRules, ...engine?.errorRules, ...trust?.errorRules }, evidence);
}

/** All warnings about the evidence, including those by the rules of its engine and its trust backend. */
export function warningsOf(evidence: Evidence): readonly Problem[] {
  const { engine, trust } = evidence;
  return judge({ ...warningRules, ...engine?.warningRules, ...trust?.warningRules }, evidence);
}

function judge(rules: Rules, evidence: Evidence): readonly Problem[] {
  return Object.entries(rules).flatMap(([name, rule]) =>
    rule(evidence).map((finding) => toProblem(ruleId(name), finding, evidence.document)),
  );
}
