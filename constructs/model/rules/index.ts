import { toProblem } from '../finding.ts';
import type { Problem } from '../problem.ts';
import type { Rule, Subject } from '../subject.ts';
import { clusterRules } from './clusters.ts';
import { lockRules } from './lock.ts';
import { manifestFileRules } from './manifest-files.ts';
import { manifestObjectRules } from './manifest-objects.ts';
import { manifestValueRules } from './manifest-values.ts';
import { meshRules } from './mesh.ts';
import { overridePatchRules } from './override-patches.ts';
import { overrideRules } from './overrides.ts';
import { warningRules } from './warnings.ts';
import { workloadRules } from './workloads.ts';

type Rules = Readonly<Record<string, Rule>>;

/** What is always wrong, or what a server would refuse. */
export const errorRules: Rules = {
  ...clusterRules,
  ...meshRules,
  ...workloadRules,
  ...manifestFileRules,
  ...manifestObjectRules,
  ...manifestValueRules,
  ...overrideRules,
  ...overridePatchRules,
  ...lockRules,
};

export { warningRules };

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
