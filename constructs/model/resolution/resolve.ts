import type { IstioValues } from '../../../imports/istio-values.ts';
import { istioChartRepository } from '../../domain/istio/chart-repository.ts';
import { clusterDomainPath, defaultClusterDomain } from '../../domain/istio/cluster-domain.ts';
import { findIstioRelease } from '../../domain/istio/releases.ts';
import { valueAt } from '../../domain/json/path.ts';
import type { Declaration } from '../declaration/declaration.ts';
import type { Lock } from '../declaration/lock.ts';
import { type EngineModel, federationDirectory } from '../engine.ts';
import type { Federation } from '../federation.ts';
import type { Gitops } from '../gitops.ts';
import type { Evidence } from '../rules/evidence.ts';
import type { ModelSlices } from '../slices.ts';
import { resolveClusters } from './resolve-clusters.ts';
import { resolveWorkloads } from './resolve-workloads.ts';

/** A declaration that has passed all rules, and its lock. */
export interface CheckedDeclaration {
  readonly file: string;
  readonly declaration: Declaration;
  readonly lock: Lock;
}

/**
 * Fills in every default and resolves every reference. Throws only for a declaration that the rules have not checked.
 */
export function resolveFederation(
  { manifests, customKinds, engine, trust, slices }: Evidence,
  { file, declaration, lock }: CheckedDeclaration,
): Federation {
  const { name, istio, images } = declaration;
  const release = findIstioRelease(istio.version);
  if (release === null || engine === null || trust === null)
    throw new Error('resolveFederation was given an unchecked declaration');
  const clusters = resolveClusters(declaration, lock, release);
  return {
    name,
    declaration: file,
    istio: {
      version: istio.version,
      kubernetes: [`1.${release.kubernetesMinors[0]}`, `1.${release.kubernetesMinors[1]}`],
      dialect: release.dialect,
      installer: istio.installer,
      chartRepository: istio.chartRepository ?? istioChartRepository,
      meshID: istio.meshID ?? name,
      writesEndpoints: release.writesEndpoints,
      clusterDomain: String(valueAt(istio.values, clusterDomainPath) ?? defaultClusterDomain),
      // A rule has checked the values against the schema from which the type is generated.
      discoverySelectors: (istio.values as IstioValues).meshConfig?.discoverySelectors ?? [],
      safeVariables: release.safeVariables,
      pullSecrets: images.pullSecrets,
    },
    engine: resolveEngine(declaration, engine),
    trust: trust.facts,
    gitops: resolveGitops(declaration, slices),
    customKinds,
    clusters,
    workloads: resolveWorkloads(
      declaration,
      clusters.filter(({ isLeaving }) => !isLeaving),
      manifests,
    ),
    // The brand exists only for the type checker.
  } as unknown as Federation;
}

function resolveEngine(declaration: Declaration, { facts, installationOf }: EngineModel): Federation['engine'] {
  const { install, version = null, kubeContext } = declaration.federation;
  const api = kubeContext === undefined ? null : { name: federationDirectory, kubeContext, uid: null };
  return { ...facts, version, api, installation: install ? (installationOf?.(declaration) ?? null) : null };
}

function resolveGitops({ gitops }: Declaration, slices: ModelSlices): Gitops | null {
  if (gitops === undefined) return null;
  const engine = slices.gitops.find(({ name }) => name === gitops.engine);
  if (engine === undefined) throw new Error(`no GitOps engine is called ${gitops.engine}`);
  return {
    engine,
    repository: gitops.repoURL,
    isRegistry: gitops.repoURL.startsWith('oci://'),
    revision: gitops.revision,
    path: gitops.path,
    layout: gitops.layout ?? 'hub',
    namespace: gitops.namespace ?? engine.namespace,
    hasApplicationSet: gitops.applicationSet ?? false,
  };
}
