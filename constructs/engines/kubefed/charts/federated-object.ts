import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import * as kubefed from '../../../../imports/kubefed-0.10.0-types.kubefed.io.ts';
import type { Patch } from '../../../domain/json/patch.ts';
import type { EngineOverride } from '../../../plan/component.ts';

/** The parts that all kinds of Federated objects share. The generated types leave template and values untyped. */
export interface FederatedObjectProps<Template extends object> {
  /** Kind of the template: `Deployment`. */
  readonly kind: string;
  readonly name: string;
  /** Namespace, or null for a kind without one. */
  readonly namespace: string | null;
  readonly template: Template;
  /** Annotations of the Federated object itself: instructions to KubeFed, never propagated. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Names of KubeFedClusters. Always listed explicitly: a selector would also match clusters that join later. */
  readonly placement: readonly string[];
  /** Whether each cluster keeps its own number of replicas. Only kinds with replicas have this option. */
  readonly retainsReplicas: boolean;
  /** Differences per cluster, in order. */
  readonly overrides: readonly EngineOverride[];
}

interface GeneratedProps {
  readonly metadata: ApiObjectMetadata;
  readonly spec: {
    readonly template: object;
    readonly retainReplicas?: boolean;
    readonly placement: { readonly clusters: { readonly name: string }[] };
    readonly overrides?: { readonly clusterName: string; readonly clusterOverrides: Patch[] }[];
  };
}

type GeneratedClass = new (scope: Construct, id: string, props: GeneratedProps) => ApiObject;

// The generated classes differ only in their names; `op` is a plain string there. KubeFed 0.4.1 has the same API, and
// `cdk8s import` generates the same module from it.
const classes = {
  ClusterRole: kubefed.FederatedClusterRole,
  ConfigMap: kubefed.FederatedConfigMap,
  Deployment: kubefed.FederatedDeployment,
  Ingress: kubefed.FederatedIngress,
  Job: kubefed.FederatedJob,
  Namespace: kubefed.FederatedNamespace,
  ReplicaSet: kubefed.FederatedReplicaSet,
  Service: kubefed.FederatedService,
  ServiceAccount: kubefed.FederatedServiceAccount,
} as unknown as Readonly<Record<string, GeneratedClass>>;

// For a kind that KubeFed does not federate by default we write the CRD, and there is no generated class.
function furtherKind(kind: string): GeneratedClass {
  return class extends ApiObject {
    constructor(scope: Construct, id: string, props: GeneratedProps) {
      super(scope, id, { apiVersion: 'types.kubefed.io/v1beta1', kind: `Federated${kind}`, ...props });
    }
  };
}

/** One Federated object of KubeFed around a template. */
export class FederatedObject<Template extends object> extends Construct {
  constructor(scope: Construct, id: string, props: FederatedObjectProps<Template>) {
    super(scope, id);
    const Generated = classes[props.kind] ?? furtherKind(props.kind);
    new Generated(this, 'Default', {
      metadata: {
        name: props.name,
        ...(props.namespace === null ? {} : { namespace: props.namespace }),
        annotations: { ...props.annotations },
      },
      spec: {
        template: props.template,
        ...(props.retainsReplicas ? { retainReplicas: true } : {}),
        placement: { clusters: props.placement.map((name) => ({ name })) },
        ...(props.overrides.length === 0
          ? {}
          : {
              overrides: props.overrides.map(({ clusterName, patches }) => ({
                clusterName,
                clusterOverrides: [...patches],
              })),
            }),
      },
    });
  }
}
