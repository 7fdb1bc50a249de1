import { federationEngines } from '../domain/federation-engines.ts';
import { findIstioRelease } from '../domain/istio-releases.ts';
import type { Declaration } from './declaration/declaration.ts';
import type { Federation } from './federation.ts';
import type { Lock } from './lock.ts';
import { resolveClusters } from './resolve-clusters.ts';
import { resolveWorkloads } from './resolve-workloads.ts';
import type { Manifest } from './subject.ts';

/** A declaration that all rules have passed, and what belongs to it. */
export interface CheckedDeclaration {
  readonly file: string;
  readonly declaration: Declaration;
  readonly lock: Lock;
  readonly manifests: readonly Manifest[];
}

/** Fills in every default and resolves every reference. Throws only on a declaration that the rules did not check. */
export function resolveFederation({ file, declaration, lock, manifests }: CheckedDeclaration): Federation {
  const { name, istio, images } = declaration;
  const release = findIstioRelease(istio.version);
  if (release === null) throw new Error('resolveFederation was given an unchecked declaration');
  const clusters = resolveClusters(declaration, lock, release);
  return {
    name,
    declaration: file,
    istio: {
      version: istio.version,
      dialect: release.dialect,
      installer: istio.installer,
      meshID: istio.meshID ?? name,
      pullSecrets: images.pullSecrets,
    },
    engine: federationEngines[declaration.federation.engine],
    cacerts: declaration.trust.cacerts,
    clusters,
    workloads: resolveWorkloads(declaration, clusters, manifests),
    // The brand exists for the type checker only.
  } as unknown as Federation;
}
