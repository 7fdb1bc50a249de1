import { ISTIO, KUBEFED, type ModuleName } from './modules.ts';

/** A chart, and where its source is. */
export interface ChartRow {
  /** As its repository calls it. */
  readonly name: string;
  /** That of the release: the source has another one. */
  readonly version: string;
  readonly module: ModuleName;
  /** In the module's kept files. */
  readonly path: string;
}

/** Where the run's own chart repository listens, while a suite needs it. */
export const CHART_REPOSITORY = 'http://127.0.0.1:8879';

/** THE table of Helm charts, those that plans name. */
export const CHARTS: readonly ChartRow[] = [
  { name: 'base', version: ISTIO, module: 'istio', path: 'manifests/charts/base' },
  { name: 'istiod', version: ISTIO, module: 'istio', path: 'manifests/charts/istio-control/istio-discovery' },
  { name: 'kubefed', version: KUBEFED.slice(1), module: 'kubefed', path: 'charts/kubefed' },
];
