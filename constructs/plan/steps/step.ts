import type { EngineInstallation, Target } from '../../model/federation.ts';
import type { WaveName } from '../waves.ts';
import type { Brought } from './brought.ts';
import type { Gate } from './gate.ts';

/** One action, and the condition that must hold after it. Each step becomes a row of `plan.tsv`. */
export type Step =
  | PreflightStep
  | InstallEngineStep
  | JoinStep
  | ApplyStep
  | IstioctlInstallStep
  | HelmUpgradeStep
  | FederatedCacertsStep
  | RemoteSecretStep
  | RemoteSecretGoneStep
  | VerifyStep;

/** The action of a step. The set is closed: docs/output.md describes the arguments and the effect of each. */
export type Action = Step['action'];

/** Who takes a step in a federation with a GitOps engine: the engine, or somebody with `mesh-federation apply`. */
export type StepOwner = 'git' | 'operator';

/** The fields that all steps have. */
export interface StepBase {
  readonly wave: WaveName;
  /** The API server on which the step acts. */
  readonly target: Target;
  /** The condition to wait for after the step, or null. */
  readonly gate: Gate | null;
  /** Name in the declaration of the engine to which the step belongs; null if it belongs to none. */
  readonly engine: string | null;
  /** Programs that the step needs besides kubectl. */
  readonly needs: readonly string[];
  /** Objects and kinds that the step creates besides those in its files. */
  readonly brings: readonly Brought[];
  /**
   * Name of the routine of `destroy` that reverts the step, with the engine's name in front if it is the engine's own.
   * Null if the step leaves only the objects of its files.
   */
  readonly undo: string | null;
  /** Absent in a federation without a GitOps engine, where all steps are the operator's. */
  readonly owner?: StepOwner;
}

/** Changes nothing: checks whether a cluster is as the plan expects. */
export interface PreflightStep extends StepBase {
  readonly action: 'preflight';
  /** Name of the federation. */
  readonly federation: string;
  /** Null for an engine's own API server, about which nothing else is known. */
  readonly expected: ExpectedCluster | null;
}

/** The state of a cluster that the plan expects before the first change. */
export interface ExpectedCluster {
  /** The first and the last Kubernetes version that this Istio supports. */
  readonly kubernetes: readonly [first: string, last: string];
  readonly isLeaving: boolean;
  /** Observed sha256 of its root certificate, or null. */
  readonly rootFingerprint: string | null;
  /** The capacity that its nodes should have for pods. Null if there is no requirement. */
  readonly capacity: { readonly cores: number; readonly gibibytes: number } | null;
}

/** Installs an engine on the host. */
export interface InstallEngineStep extends StepBase {
  readonly action: 'install-engine';
  readonly engine: string;
  readonly installation: EngineInstallation;
}

/** Joins a cluster to the engine of the target. */
export interface JoinStep extends StepBase {
  readonly action: 'join';
  readonly engine: string;
  readonly joining: {
    readonly name: string;
    /** The engine's name for the cluster. */
    readonly federationCluster: string;
    /** URL of its API server for the engine. Null means the address in the kubeconfig. */
    readonly apiServer: string | null;
  };
}

/** Applies a directory. */
export interface ApplyStep extends StepBase {
  readonly action: 'apply';
  /** Relative to `dist/`. */
  readonly path: string;
}

/** A value that an installation lacks because the primary's address was not known at synth. */
export interface LateAddress {
  /** Path of the value. */
  readonly key: string;
  /** The cluster whose gateway has the address. */
  readonly cluster: string;
}

/** Installs Istio from an IstioOperator. */
export interface IstioctlInstallStep extends StepBase {
  readonly action: 'istioctl-install';
  /** The file, relative to `dist/`. */
  readonly path: string;
  readonly version: string;
  readonly lateAddress: LateAddress | null;
}

/** Installs or upgrades a release of a chart. */
export interface HelmUpgradeStep extends StepBase {
  readonly action: 'helm-upgrade';
  /** The values file, relative to `dist/`. */
  readonly path: string;
  readonly release: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
  readonly chartRepository: string;
  readonly lateAddress: LateAddress | null;
}

/** Has an engine carry the CA of the host to every cluster. No file contains the key. */
export interface FederatedCacertsStep extends StepBase {
  readonly action: 'federated-cacerts';
  readonly engine: string;
  /** The engine's names for the clusters. */
  readonly clusters: readonly string[];
}

/** Lets the istiod of the target read another cluster. */
export interface RemoteSecretStep extends StepBase {
  readonly action: 'remote-secret';
  readonly read: {
    readonly name: string;
    readonly istioCluster: string;
    /** URL of its API server for the reader. Null means the address in the kubeconfig. */
    readonly apiServer: string | null;
  };
  /** Whether it is a remote of the target, where any pod can ask for a proxy from then on. On Istio 1.7 not any pod can. */
  readonly isRemote: boolean;
}

/** Stops the istiod of the target from reading a leaving cluster. */
export interface RemoteSecretGoneStep extends StepBase {
  readonly action: 'remote-secret-gone';
  readonly read: { readonly name: string; readonly istioCluster: string };
}

/** Changes nothing: checks whether calls go where they should. */
export interface VerifyStep extends StepBase {
  readonly action: 'verify';
}
