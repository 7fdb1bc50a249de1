import { dump } from 'js-yaml';
import { parse } from 'yaml';
import type { SentObject } from '../../api/object.ts';
import { istioDefinitions } from './istio-definitions.ts';
import { installationOf, istioObjects } from './istio-objects.ts';
import { kubefedChart, kubefedDefinitions } from './kubefed-chart.ts';

/** What helm is told about a chart. */
export interface ChartCall {
  readonly chart: string;
  readonly release: string;
  readonly namespace: string;
  /** Text of YAML. */
  readonly values: string;
  readonly set: readonly string[];
}

/** The objects of a chart. */
export interface Chart {
  /** helm installs these once, before everything else. */
  readonly definitions: readonly SentObject[];
  readonly templates: readonly SentObject[];
}

/** The objects of a chart: its definitions, which helm installs once, and its templates. Null if nobody has the chart. */
export function renderChart(call: ChartCall): Chart | null {
  const chart = call.chart.split('/').at(-1) ?? '';
  switch (chart) {
    case 'kubefed':
      return { definitions: kubefedDefinitions(), templates: kubefedChart(call) };
    case 'base':
      return { definitions: [], templates: istioDefinitions() };
    case 'istiod':
    case 'istio-discovery': {
      const values: unknown = parse(call.values);
      const profile = (values as { profile?: string; istiodRemote?: { enabled?: boolean } } | null) ?? {};
      const isRemote = profile.profile === 'remote' || profile.istiodRemote?.enabled === true;
      return {
        definitions: [],
        templates: istioObjects({ ...installationOf({ spec: { values } }, call.set), isRemote }),
      };
    }
    default:
      return null;
  }
}

/** Objects as a text of YAML, as helm prints them. */
export function textOfObjects(objects: readonly SentObject[]): string {
  return objects.map((object) => `---\n${dump(object)}`).join('');
}
