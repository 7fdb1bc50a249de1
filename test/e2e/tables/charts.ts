import { versionOf } from '../build/chosen.ts';
import type { ModuleName } from './modules.ts';

/** A chart, and where its source is. */
export interface ChartRow {
  /** As its repository calls it. */
  readonly name: string;
  readonly module: ModuleName;
  /** In the module's kept files. */
  readonly path: string;
}

/** Where the run's own chart repository listens, while a suite needs it. */
export const CHART_REPOSITORY = 'http://127.0.0.1:8879';

/** THE table of Helm charts, those that plans name. */
export const CHARTS: readonly ChartRow[] = [
  { name: 'base', module: 'istio', path: 'manifests/charts/base' },
  { name: 'istiod', module: 'istio', path: 'manifests/charts/istio-control/istio-discovery' },
  { name: 'kubefed', module: 'kubefed', path: 'charts/kubefed' },
];

/** The version of a chart's release, which the source does not say. */
export function chartVersion({ module }: ChartRow): string {
  return versionOf(module).replace(/^v/, '');
}
