import type { Step } from '../../constructs/plan/steps/step.ts';
import { type Problem, shown } from '../clusters/problem.ts';

/** A problem for each chart repository without TLS, unless the user allows them. */
export function problemsOfCharts(steps: readonly Step[], allowHttpCharts: boolean): readonly Problem[] {
  if (allowHttpCharts) return [];
  const repositories = steps.flatMap((step) => {
    if (step.action === 'helm-upgrade') return step.chartRepository;
    return step.action === 'install-engine' ? step.installation.chartRepository : [];
  });
  return [...new Set(repositories)]
    .filter((repository) => /^http:/i.test(repository))
    .map((repository) => ({
      problem: `the chart repository ${shown(repository)} is reached without TLS: anybody on the way can exchange a chart, which runs with all rights`,
      fix: 'declare a repository with https, or add --allow-http-charts',
    }));
}
