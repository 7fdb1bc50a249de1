import { App, type Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { setCause } from '../parts/cause.ts';
import type { EngineComponent, ObjectComponent, PlannedFile } from '../plan/component.ts';
import type { Plan } from '../plan/plan.ts';
import { targetsOf } from '../plan/targets.ts';
import { waves } from '../plan/waves.ts';
import { GatewayChart } from './gateway.ts';
import { IstioOperatorChart } from './istio-operator.ts';
import { IstiodGatewayChart } from './istiod-gateway.ts';
import { NamespacesChart } from './namespaces.ts';
import { ObjectsChart } from './objects.ts';
import { PassthroughGatewayChart } from './passthrough-gateway.ts';
import { SailIstioChart } from './sail-istio.ts';

/** Maps each kind of content to the chart class that defines its objects. */
export type ChartClasses<C extends { readonly kind: string }> = {
  readonly [K in C['kind']]: new (
    scope: Construct,
    id: string,
    content: Extract<C, { kind: K }>,
  ) => Chart;
};

/** THE table of charts: one class per kind of component that holds objects. Engines add classes for their own kinds. */
const charts: ChartClasses<Exclude<ObjectComponent, EngineComponent>> = {
  namespaces: NamespacesChart,
  istioOperator: IstioOperatorChart,
  sailIstio: SailIstioChart,
  gateway: GatewayChart,
  passthroughGateway: PassthroughGatewayChart,
  istiodGateway: IstiodGatewayChart,
  objects: ObjectsChart,
};

/** The charts of an engine, by the kinds of content that only the engine has. */
export type EngineCharts = Readonly<Record<string, new (scope: Construct, id: string, content: never) => Chart>>;

/** A planned file with the chart that holds its objects. */
export interface DefinedFile {
  readonly file: PlannedFile<ObjectComponent>;
  readonly chart: Chart;
}

/** Defines all charts of a plan: one App per target, one chart per file of objects. */
export function defineCharts({ federation, files }: Plan, engineCharts: EngineCharts): readonly DefinedFile[] {
  const apps = new Map(targetsOf(federation).map(({ name }) => [name, new App({ recordConstructMetadata: false })]));
  return files.filter(hasObjects).map((file) => {
    const app = apps.get(file.target);
    if (app === undefined) throw new Error(`${file.target} is no target of the plan`);
    const { component } = file;
    const ChartOfKind = chartOf(component, engineCharts);
    const content = component.kind === 'engine' ? component.content : component;
    const chart = new ChartOfKind(app, `${waves[file.wave].directory}-${file.name}`, content);
    setCause(chart, file.cause);
    return { file, chart };
  });
}

function hasObjects(file: PlannedFile): file is PlannedFile<ObjectComponent> {
  return file.component.kind !== 'helmValues';
}

// The compiler cannot see that the kind of a content selects the class that accepts it.
type ChartOfAny = new (scope: Construct, id: string, content: object) => Chart;

function chartOf(component: ObjectComponent, engineCharts: EngineCharts): ChartOfAny {
  const [table, { kind }] =
    component.kind === 'engine' ? [engineCharts, component.content] : [charts as EngineCharts, component];
  const found = table[kind];
  if (found === undefined) throw new Error(`there is no chart for ${kind}`);
  return found as ChartOfAny;
}
