import { toProblem } from '../finding.ts';
import type { Problem } from '../problem.ts';
import type { Rule, Subject } from '../subject.ts';
import { clusterRules } from './clusters.ts';
import { controlPlaneRules } from './control-planes.ts';
import { dialectKeyRules } from './dialect-keys.ts';
import { gatewayRules } from './gateways.ts';
import { installationRules } from './installations.ts';
import { istioDefectWarnings } from './istio-defects.ts';
import { istioValueTextRules } from './istio-value-texts.ts';
import { istioValueRules } from './istio-values.ts';
import { karmadaOverrideRules } from './karmada-overrides.ts';
import { leavingRules } from './leaving.ts';
import { lockRules } from './lock.ts';
import { manifestFileRules } from './manifest-files.ts';
import { manifestKindRules } from './manifest-kinds.ts';
import { manifestObjectRules } from './manifest-objects.ts';
import { manifestSchemaRules } from './manifest-schema.ts';
import { manifestValueRules } from './manifest-values.ts';
import { meshObjectRules } from './mesh-objects.ts';
import { meshWarnings } from './mesh-warnings.ts';
import { overrideFieldRules } from './override-fields.ts';
import { overridePatchRules } from './override-patches.ts';
import { overrideSchemaRules } from './override-schema.ts';
import { overrideWarnings } from './override-warnings.ts';
import { overrideRules } from './overrides.ts';
import { primaryRules } from './primaries.ts';
import { readinessWarnings } from './readiness.ts';
import { serviceRules, serviceWarnings } from './services.ts';
import { versionRules } from './versions.ts';
import { workloadWarnings } from './workload-warnings.ts';
import { workloadRules } from './workloads.ts';
import { zoneWarnings } from './zones.ts';

type Rules = Readonly<Record<string, Rule>>;

/** What is always wrong, or what a server would refuse. */
export const errorRules: Rules = {
  ...clusterRules,
  ...versionRules,
  ...installationRules,
  ...controlPlaneRules,
  ...primaryRules,
  ...gatewayRules,
  ...dialectKeyRules,
  ...istioValueRules,
  ...istioValueTextRules,
  ...workloadRules,
  ...leavingRules,
  ...manifestFileRules,
  ...manifestKindRules,
  ...manifestObjectRules,
  ...manifestValueRules,
  ...manifestSchemaRules,
  ...overrideRules,
  ...overridePatchRules,
  ...overrideFieldRules,
  ...karmadaOverrideRules,
  ...serviceRules,
  ...meshObjectRules,
  ...overrideSchemaRules,
  ...lockRules,
};

/** What works but will hurt. */
export const warningRules: Rules = {
  ...meshWarnings,
  ...istioDefectWarnings,
  ...workloadWarnings,
  ...overrideWarnings,
  ...serviceWarnings,
  ...zoneWarnings,
  ...readinessWarnings,
};

/** `clusterNamesAreUnique` as users read it: `cluster-names-are-unique`. */
export function ruleId(functionName: string): string {
  return functionName.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Judges a subject by every rule of a table. */
export function judge(rules: Rules, subject: Subject): readonly Problem[] {
  return Object.entries(rules).flatMap(([name, rule]) =>
    rule(subject).map((finding) => toProblem(ruleId(name), finding, subject.document)),
  );
}
