import type { IstioValues } from '../../imports/istio-values.ts';
import type { GatewaySpec } from '../domain/istio/gateway-spec.ts';
import type { Patch } from '../domain/json/patch.ts';
import type { KubernetesObject } from '../domain/kubernetes/object.ts';
import type { Target } from '../model/federation.ts';
import type { IstioOperatorSpec, IstioOperatorSpec17, SailIstioSpec } from '../model/istio-installation.ts';
import type { Brought } from './steps/brought.ts';
import type { WaveName } from './waves.ts';

/** A namespace with its labels, and the path in the declaration that asks for it. */
export interface NamespaceSpec {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly cause: string;
}

/** What differs in one cluster, as the engine knows that cluster. */
export interface EngineOverride {
  readonly clusterName: string;
  readonly patches: readonly Patch[];
}

/** A namespace that the federation engine makes in other clusters. The engine carries no annotations. */
export interface FederatedNamespaceSpec {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly cause: string;
  /** Names that the engine gives the clusters, in the order of the declaration. */
  readonly placement: readonly string[];
  readonly overrides: readonly EngineOverride[];
  /** The namespaces outlive the federated one: what is in them is not only the engine's. */
  readonly isOrphaned: boolean;
}

/**
 * What a file of an engine's holds, of one of that engine's own kinds: data that only its own charts read.
 */
export interface EngineComponent<C extends { readonly kind: string } = { readonly kind: string }> {
  readonly kind: 'engine';
  readonly content: C;
  /** What the engine makes of it in other clusters, or here. */
  readonly brings: readonly Brought[];
}

/** What stands above the content as comments. */
interface WithNotes {
  readonly notes: readonly string[];
}

/** What one file of objects holds, as data: the charts turn it into objects. */
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
    }
  | {
      readonly kind: 'istiodGateway';
      readonly selector: Readonly<Record<string, string>>;
      /** Whether it also leads to the injector. */
      readonly hasWebhook: boolean;
    }
  /** Objects as they are: of workloads, CustomResourceDefinitions, configuration of the mesh. */
  | { readonly kind: 'objects'; readonly objects: readonly KubernetesObject[] }
  | EngineComponent;

/** A values file for one release of a Helm chart: no object of Kubernetes, so no chart of cdk8s makes it. */
export interface HelmValues extends WithNotes {
  readonly kind: 'helmValues';
  readonly release: string;
  readonly chart: string;
  readonly values: IstioValues;
}

/** What one file holds. */
export type Component = ObjectComponent | HelmValues;

/** One file of a cluster's output, or of what the engine's own API server gets. */
export interface PlannedFile<C extends Component = Component> {
  /** Name of the cluster, or of the engine's own API server; its directory. */
  readonly target: string;
  readonly wave: WaveName;
  /** File name without its ending. */
  readonly name: string;
  /** Path in the declaration that causes the file, with names for positions: `clusters.member.gateway`. */
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
