import { versionOf } from '../build/chosen.ts';
import type { ModuleName } from './modules.ts';

/** A chart, and the location of its source. */
export interface ChartRow {
  /** Name in its repository. */
  readonly name: string;
  readonly module: ModuleName;
  /** Path in the module's kept files. */
  readonly path: string;
}

/** The address of the run's own chart repository, while a suite needs it. */
export const CHART_REPOSITORY = 'http://127.0.0.1:8879';

/** THE table of Helm charts that plans name. */
export const CHARTS: readonly ChartRow[] = [
  { name: 'base', module: 'istio', path: 'manifests/charts/base' },
  { name: 'istiod', module: 'istio', path: 'manifests/charts/istio-control/istio-discovery' },
  { name: 'kubefed', module: 'kubefed', path: 'charts/kubefed' },
];

/** The version of a chart's release, which the source does not contain. */
export function chartVersion({ module }: ChartRow): string {
  return versionOf(module).replace(/^v/, '');
}
