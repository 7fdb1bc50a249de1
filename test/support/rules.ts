import { errorRules, warningRules } from '../../constructs/model/rules/judge.ts';
import { modelSlices } from '../../constructs/slices.ts';

const { engines, trusts } = modelSlices;

/** Names of all rules' functions, including those of every engine and trust backend. */
export const ruleNames: readonly string[] = [
  errorRules,
  warningRules,
  ...[...engines, ...trusts].flatMap((slice) => [slice.errorRules, slice.warningRules]),
].flatMap((rules) => Object.keys(rules));
