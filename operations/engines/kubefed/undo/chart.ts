import { kubefedChartRepository } from '../../../../constructs/engines/kubefed/domain/chart.ts';
import type { Undoing } from '../../../undoing/undoing.ts';

/** A chart, as helm finds it. */
export interface Chart {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
}

const versionPattern = /^(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}$/;

/**
 * Why the chart of a record is not rendered, in words; null if it may be. A chart is a program that says what is deleted: only
 * the plan and our own table name one.
 */
export function whyChartIsRefused(
  { plan: { steps }, allowHttpCharts }: Pick<Undoing, 'plan' | 'allowHttpCharts'>,
  [name, version, repository]: readonly string[],
): string | null {
  if (repository?.startsWith('http://') && !allowHttpCharts)
    return 'its chart would come without TLS, which --allow-http-charts allows';
  const planned = steps.flatMap((step) => (step.action === 'install-engine' ? [step.installation] : []));
  const known = [
    ...planned.map(({ chart, chartRepository }) => ({ chart, chartRepository })),
    { chart: 'kubefed', chartRepository: kubefedChartRepository },
  ];
  const isKnown = known.some((one) => one.chart === name && one.chartRepository === repository);
  if (!isKnown) return 'neither the plan nor this program knows its chart';
  return versionPattern.test(version ?? '') ? null : 'the version of its chart is none';
}

/** The words with which helm finds a chart, in a repository or in a registry. */
export function chartWords({ name, version, repository }: Chart): readonly string[] {
  const place = repository.startsWith('oci://') ? [`${repository}/${name}`] : [name, `--repo=${repository}`];
  return [...place, `--version=${version}`];
}
