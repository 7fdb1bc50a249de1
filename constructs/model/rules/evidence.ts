import { findIstioRelease, type IstioRelease } from '../../domain/istio/releases.ts';
import type { Path } from '../../domain/json/path.ts';
import type { CustomKind } from '../../domain/kubernetes/custom-kinds.ts';
import type { Draft } from '../declaration/check-shape.ts';
import type { Declaration } from '../declaration/declaration.ts';
import type { Lock } from '../declaration/lock.ts';
import type { Project } from '../documents/project.ts';
import type { YamlDocument } from '../documents/yaml-source.ts';
import { anyEngine, type EngineModel, type EngineWords } from '../engine.ts';
import type { Manifest } from '../manifests/manifest.ts';
import type { ManifestRead } from '../manifests/read-manifests.ts';
import type { Finding } from '../problems/finding.ts';
import type { ModelSlices } from '../slices.ts';
import type { TrustModel } from '../trust.ts';

/** The input of the rules: the parts of the declaration, the lock and the manifests that have the right shape. */
export interface Evidence {
  readonly project: Project;
  /** The declaration as written. */
  readonly document: YamlDocument;
  readonly declaration: Draft<Declaration>;
  readonly lock: Draft<Lock>;
  /** Null if there is no lock. */
  readonly lockDocument: YamlDocument | null;
  readonly reads: readonly ManifestRead[];
  readonly manifests: readonly Manifest[];
  /** The kinds that the manifests add to the API. */
  readonly customKinds: readonly CustomKind[];
  /** Names of the workloads written in TypeScript. */
  readonly constructs: readonly string[];
  /** The engines and trust backends that a declaration may name. */
  readonly slices: ModelSlices;
  /** The engine of the federation, or null if it is missing or misspelt. */
  readonly engine: EngineModel | null;
  /** The trust backend, or null if it is missing or misspelt. */
  readonly trust: TrustModel | null;
}

/** An invariant. Its id is the function's name in kebab-case. */
export type Rule = (evidence: Evidence) => readonly Finding[];

/** Invariants by the names of their functions. */
export type Rules = Readonly<Record<string, Rule>>;

/** A cluster of a draft, with its position. */
export interface ClusterDraft {
  readonly index: number;
  readonly cluster: Draft<Declaration['clusters'][number]>;
}

/** The clusters with a usable part, with their positions. */
export function clustersOf({ declaration }: Evidence): readonly ClusterDraft[] {
  return (declaration.clusters ?? []).flatMap((cluster, index) => (cluster === undefined ? [] : [{ index, cluster }]));
}

/** The names to which references may point. */
export function clusterNamesOf(evidence: Evidence): readonly string[] {
  return clustersOf(evidence).flatMap(({ cluster }) => cluster.name ?? []);
}

/** A workload of a draft, with its position. */
export interface WorkloadDraft {
  readonly index: number;
  readonly workload: Draft<Declaration['workloads'][number]>;
}

/** The workloads with a usable part, with their positions. */
export function workloadsOf({ declaration }: Evidence): readonly WorkloadDraft[] {
  return (declaration.workloads ?? []).flatMap((workload, index) =>
    workload === undefined ? [] : [{ index, workload }],
  );
}

/** The delivery of a workload, or undefined if it is misspelt. A missing key means federated. */
export function deliveryOf({ workload }: WorkloadDraft): 'federated' | 'direct' | undefined {
  return 'delivery' in workload ? workload.delivery : 'federated';
}

/** The declared gateway of a cluster. Empty if the cluster has no gateway, or declares nothing about it. */
export function declaredGatewayOf({ cluster: { gateway } }: ClusterDraft): DeclaredGateway {
  return gateway === undefined || gateway === 'none' ? {} : gateway;
}

type DeclaredGateway = Exclude<ClusterDraft['cluster']['gateway'], 'none' | undefined>;

/** Whether a key has a value other than the default; an empty list or mapping is the default, and so is false. */
export function saysSomething(value: unknown): boolean {
  return typeof value === 'object' && value !== null
    ? Object.keys(value).length > 0
    : value !== undefined && value !== false;
}

/** The addresses that a cluster declares for its gateway. */
export function declaredAddressesOf(draft: ClusterDraft): readonly DeclaredAddress[] {
  const path = ['clusters', draft.index, 'gateway', 'address'];
  const { address } = declaredGatewayOf(draft);
  if (address === undefined) return [];
  if (typeof address === 'string') return [{ path, address }];
  return address.flatMap((one, position) => (one === undefined ? [] : [{ path: [...path, position], address: one }]));
}

/** An address and its path in the declaration. */
export interface DeclaredAddress {
  readonly path: Path;
  readonly address: string;
}

/** The effects of some mistakes with the declared engine, in words. */
export function wordsOf({ engine }: Evidence): EngineWords {
  return engine?.words ?? anyEngine;
}

/** The release of the declared Istio version, or null if the version is missing or not supported. */
export function istioReleaseOf({ declaration }: Evidence): IstioRelease | null {
  return findIstioRelease(declaration.istio?.version ?? '');
}
