import { istioChartRepository, kubefedChartRepository } from '../../domain/chart-repositories.ts';
import { federationDirectory, federationEngines } from '../../domain/federation-engines.ts';
import { findIstioRelease } from '../../domain/istio/releases.ts';
import { federatedKindsOf } from '../../domain/kubefed-kinds.ts';
import { kubefedReleases } from '../../domain/kubefed-releases.ts';
import type { CustomKind } from '../../domain/kubernetes/custom-kinds.ts';
import { rewriteImage } from '../../domain/kubernetes/images.ts';
import type { Declaration } from '../declaration/declaration.ts';
import type { Lock } from '../declaration/lock.ts';
import type { EngineInstallation, Federation } from '../federation.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { resolveClusters } from './resolve-clusters.ts';
import { resolveWorkloads } from './resolve-workloads.ts';

/** A declaration that all rules have passed, and what belongs to it. */
export interface CheckedDeclaration {
  readonly file: string;
  readonly declaration: Declaration;
  readonly lock: Lock;
  readonly manifests: readonly Manifest[];
  readonly customKinds: readonly CustomKind[];
}

/** Fills in every default and resolves every reference. Throws only on a declaration that the rules did not check. */
export function resolveFederation({ file, declaration, lock, manifests, customKinds }: CheckedDeclaration): Federation {
  const { name, istio, images } = declaration;
  const release = findIstioRelease(istio.version);
  if (release === null) throw new Error('resolveFederation was given an unchecked declaration');
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
      pullSecrets: images.pullSecrets,
    },
    engine: resolveEngine(declaration, customKinds),
    cacerts: declaration.trust.cacerts,
    clusters,
    workloads: resolveWorkloads(
      declaration,
      clusters.filter(({ isLeaving }) => !isLeaving),
      manifests,
    ),
    // The brand exists for the type checker only.
  } as unknown as Federation;
}

function resolveEngine(declaration: Declaration, customKinds: readonly CustomKind[]): Federation['engine'] {
  const { engine, version = '', kubeContext } = declaration.federation;
  const release = kubefedReleases[version];
  const kinds = release === undefined ? [] : [...federatedKindsOf(release), ...customKinds];
  const api = kubeContext === undefined ? null : { name: federationDirectory, kubeContext, uid: null };
  return { ...federationEngines[engine], kinds, api, installation: resolveInstallation(declaration) };
}

function resolveInstallation({ federation, images }: Declaration): EngineInstallation | null {
  const { install, version = '', chartRepository = kubefedChartRepository } = federation;
  if (!install) return null;
  const image = rewriteImage(`quay.io/kubernetes-multicluster/kubefed:v${version}`, images.registries);
  return { chart: 'kubefed', version, chartRepository, image, pullSecrets: images.pullSecrets };
}
