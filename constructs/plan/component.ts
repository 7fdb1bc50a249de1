import type { IstioValues } from '../../imports/istio-values.ts';
import type { GatewaySpec } from '../domain/istio/gateway-spec.ts';
import type { Patch } from '../domain/json/patch.ts';
import type { KubernetesObject } from '../domain/kubernetes/object.ts';
import type { Target } from '../model/federation.ts';
import type { IstioOperatorSpec, IstioOperatorSpec17, SailIstioSpec } from '../model/istio-installation.ts';
import type { Brought } from './steps/brought.ts';
import type { WaveName } from './waves.ts';

/** A namespace with its labels, and the path of the declaration that asks for it. */
export interface NamespaceSpec {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly cause: string;
}

/** The differences in one cluster, with the engine's name for the cluster. */
export interface EngineOverride {
  readonly clusterName: string;
  readonly patches: readonly Patch[];
}

/** A namespace that the federation engine creates in other clusters. The engine carries no annotations. */
export interface FederatedNamespaceSpec {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly cause: string;
  /** The engine's names for the clusters, in the order of the declaration. */
  readonly placement: readonly string[];
  readonly overrides: readonly EngineOverride[];
  /** Whether the namespaces outlive the federated one: they contain more than the engine's objects. */
  readonly isOrphaned: boolean;
}

/** Content of a file for an engine, of a kind that only the engine has. Only the engine's own charts read this data. */
export interface EngineComponent<C extends { readonly kind: string } = { readonly kind: string }> {
  readonly kind: 'engine';
  readonly content: C;
  /** The objects that the engine creates from it, in other clusters or here. */
  readonly brings: readonly Brought[];
}

/** Comments above the content. */
interface WithNotes {
  readonly notes: readonly string[];
}

/** Content of one file of objects, as data: the charts turn it into objects. */
export type ObjectComponent =
  | { readonly kind: 'namespaces'; readonly namespaces: readonly NamespaceSpec[] }
  | ({ readonly kind: 'istioOperator'; readonly spec: IstioOperatorSpec | IstioOperatorSpec17 } & WithNotes)
  | ({ readonly kind: 'sailIstio'; readonly name: string; readonly spec: SailIstioSpec } & WithNotes)
  | { readonly kind: 'gateway'; readonly gateway: GatewaySpec }
  | {
      readonly kind: 'passthroughGateway';
      readonly version: 'v1alpha3' | 'v1';
      readonly name: string;
      readonly selector: Readonly<Record<string, string>>;
      readonly port: number;
      readonly hosts: readonly string[];
    }
  | {
      readonly kind: 'istiodGateway';
      readonly selector: Readonly<Record<string, string>>;
      /** The name of istiod's Service in the mesh. */
      readonly istiod: string;
      /** Whether it also routes to the injector. */
      readonly hasWebhook: boolean;
    }
  /** Objects, unchanged: of workloads, CustomResourceDefinitions, mesh configuration. */
  | { readonly kind: 'objects'; readonly objects: readonly KubernetesObject[] }
  | EngineComponent;

/** A values file for one release of a Helm chart. It contains no Kubernetes object, so no cdk8s chart defines it. */
export interface HelmValues extends WithNotes {
  readonly kind: 'helmValues';
  readonly release: string;
  readonly chart: string;
  readonly values: IstioValues;
}

/** Content of one file. */
export type Component = ObjectComponent | HelmValues;

/** One file in the output of a cluster, or for an engine's own API server. */
export interface PlannedFile<C extends Component = Component> {
  /** Name of the cluster or of the engine's own API server, and of its directory. */
  readonly target: string;
  readonly wave: WaveName;
  /** File name without its extension. */
  readonly name: string;
  /** Path in the declaration that causes the file, with names instead of positions: `clusters.member.gateway`. */
  readonly cause: string;
  readonly component: C;
}

/** A file of a target. */
export function planFile(
  { name: target }: Target,
  wave: WaveName,
  name: string,
  cause: string,
  component: Component,
): PlannedFile {
  return { target, wave, name, cause, component };
}
