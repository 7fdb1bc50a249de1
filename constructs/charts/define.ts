import { App, type Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { setCause } from '../parts/cause.ts';
import type { ObjectComponent, PlannedFile } from '../plan/component.ts';
import type { Plan } from '../plan/plan.ts';
import { targetsOf } from '../plan/targets.ts';
import { waves } from '../plan/waves.ts';
import { FederatedNamespacesChart } from './federated-namespaces.ts';
import { FederatedTypesChart } from './federated-types.ts';
import { FederatedWorkloadChart } from './federated-workload.ts';
import { GatewayChart } from './gateway.ts';
import { IstioOperatorChart } from './istio-operator.ts';
import { IstiodGatewayChart } from './istiod-gateway.ts';
import { KarmadaChart } from './karmada.ts';
import { NamespacesChart } from './namespaces.ts';
import { PassthroughGatewayChart } from './passthrough-gateway.ts';
import { SailIstioChart } from './sail-istio.ts';
import { WorkloadChart } from './workload.ts';

type ChartClasses = {
  readonly [K in ObjectComponent['kind']]: new (
    scope: Construct,
    id: string,
    component: Extract<ObjectComponent, { kind: K }>,
  ) => Chart;
};

/** THE table of charts: one class per kind of component that holds objects. */
const charts: ChartClasses = {
  namespaces: NamespacesChart,
  federatedNamespaces: FederatedNamespacesChart,
  istioOperator: IstioOperatorChart,
  sailIstio: SailIstioChart,
  gateway: GatewayChart,
  passthroughGateway: PassthroughGatewayChart,
  istiodGateway: IstiodGatewayChart,
  federatedTypes: FederatedTypesChart,
  federatedWorkload: FederatedWorkloadChart,
  karmada: KarmadaChart,
  workload: WorkloadChart,
};

/** A planned file with the chart that holds its objects. */
export interface DefinedFile {
  readonly file: PlannedFile<ObjectComponent>;
  readonly chart: Chart;
}

/** Defines all charts of a plan: one App per target, one chart per file of objects. */
export function defineCharts({ federation, files }: Plan): readonly DefinedFile[] {
  const apps = new Map(targetsOf(federation).map(({ name }) => [name, new App({ recordConstructMetadata: false })]));
  return files.filter(hasObjects).map((file) => {
    const app = apps.get(file.cluster);
    if (app === undefined) throw new Error(`${file.cluster} is no target of the plan`);
    const chart = defineChart(app, `${waves[file.wave].directory}-${file.name}`, file.component);
    setCause(chart, file.cause);
    return { file, chart };
  });
}

function hasObjects(file: PlannedFile): file is PlannedFile<ObjectComponent> {
  return file.component.kind !== 'helmValues';
}

function defineChart(app: App, id: string, component: ObjectComponent): Chart {
  // The compiler cannot see that the kind of a component picks the class that takes it.
  const ChartOfKind = charts[component.kind] as new (scope: Construct, id: string, component: ObjectComponent) => Chart;
  return new ChartOfKind(app, id, component);
}
