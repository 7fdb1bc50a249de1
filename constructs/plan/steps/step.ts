import type { EngineInstallation, Target } from '../../model/federation.ts';
import type { WaveName } from '../waves.ts';
import type { Brought } from './brought.ts';
import type { Gate } from './gate.ts';

/** One thing to do, and what must hold after it. Each becomes a row of `plan.tsv`. */
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

/** What a step does. The set is closed: docs/output.md says what each takes and does. */
export type Action = Step['action'];

/** What all steps have. */
export interface StepBase {
  readonly wave: WaveName;
  /** Where it acts. */
  readonly target: Target;
  /** What to wait for after it, or null. */
  readonly gate: Gate | null;
  /** The engine whose step it is, by its name in the declaration; null: no engine's. */
  readonly engine: string | null;
  /** Programs that it needs beside kubectl. */
  readonly needs: readonly string[];
  /** What it brings that is in no file of it. */
  readonly brings: readonly Brought[];
  /** What of `destroy.sh` takes back what it leaves, by name; null: it leaves nothing but the objects of its files. */
  readonly undo: string | null;
}

/** Nothing is done: whether a cluster is what the plan expects. */
export interface PreflightStep extends StepBase {
  readonly action: 'preflight';
  /** Name of the federation. */
  readonly federation: string;
  /** Null for an engine's own API server, of which nothing more is known. */
  readonly expected: ExpectedCluster | null;
}

/** What a cluster has to be before the first change. */
export interface ExpectedCluster {
  /** The first and the last Kubernetes that this Istio is supported on. */
  readonly kubernetes: readonly [first: string, last: string];
  readonly isLeaving: boolean;
  /** Observed sha256 of its root certificate, or null. */
  readonly rootFingerprint: string | null;
  /** What its nodes should have for pods, or null: nobody asks. */
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
    /** As the engine will call it. */
    readonly federationCluster: string;
    /** Its API server as the engine reaches it, or null: as in the kubeconfig. */
    readonly apiServer: string | null;
  };
}

/** Applies a directory. */
export interface ApplyStep extends StepBase {
  readonly action: 'apply';
  /** Relative to `dist/`. */
  readonly path: string;
}

/** The value that an installation lacks because the primary's address was not known at synth. */
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
  /** The file of values, relative to `dist/`. */
  readonly path: string;
  readonly release: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
  readonly chartRepository: string;
  readonly lateAddress: LateAddress | null;
}

/** Has an engine carry the CA of the host to every cluster; the key is in no file. */
export interface FederatedCacertsStep extends StepBase {
  readonly action: 'federated-cacerts';
  readonly engine: string;
  /** By the names that the engine gives them. */
  readonly clusters: readonly string[];
}

/** Lets the istiod of the target read another cluster. */
export interface RemoteSecretStep extends StepBase {
  readonly action: 'remote-secret';
  readonly read: {
    readonly name: string;
    readonly istioCluster: string;
    /** Its API server as the reader reaches it, or null: as in the kubeconfig. */
    readonly apiServer: string | null;
  };
}

/** Keeps the istiod of the target from reading a cluster that leaves. */
export interface RemoteSecretGoneStep extends StepBase {
  readonly action: 'remote-secret-gone';
  readonly read: { readonly name: string; readonly istioCluster: string };
}

/** Nothing is done: whether calls go where they should. */
export interface VerifyStep extends StepBase {
  readonly action: 'verify';
}
