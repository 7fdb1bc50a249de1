import type { Federation } from '../../model/federation.ts';
import type { GitopsPlan } from '../../plan/gitops/gitops-plan.ts';
import type { Unit } from '../../plan/gitops/units.ts';
import { sha256 } from '../checksums.ts';
import { filesByTarget } from '../files-by-target.ts';
import type { InventoriedObject, OutputFile, TargetFile } from '../output-file.ts';
import { generatedFrom, renderYaml } from '../yaml.ts';

/** What a unit brings into its cluster. */
export interface UnitContent {
  /** The objects of a directory. Those of a chart are not known here. */
  readonly objects: readonly InventoriedObject[];
  /** It changes whenever the files of the unit change. */
  readonly digest: string;
}

/** All that the entry points of a GitOps engine are made of. */
export interface GitopsContext {
  readonly federation: Federation;
  readonly plan: GitopsPlan;
  readonly contentOf: (unit: Unit) => UnitContent;
}

/** Writes the entry points of one GitOps engine. */
export type GitopsDelivery = (context: GitopsContext) => readonly OutputFile[];

/** The entry points of the federation's GitOps engine. None if it has no such engine. */
export function renderGitops(
  federation: Federation,
  plan: GitopsPlan | null,
  files: readonly TargetFile[],
  deliver: GitopsDelivery | null,
): readonly OutputFile[] {
  if (plan === null || deliver === null) return [];
  return deliver({ federation, plan, contentOf: contentsOf(federation, files) });
}

function contentsOf(federation: Federation, files: readonly TargetFile[]): (unit: Unit) => UnitContent {
  const ofTargets = filesByTarget(federation, files);
  return ({ kind, path, target }) => {
    // The values of a chart may lie in the same directory, and belong to the release.
    const isOwn = (file: TargetFile): boolean =>
      kind === 'release'
        ? file.path === path
        : file.path === `${path}/kustomization.yaml` || (file.isApplied && file.path.startsWith(`${path}/`));
    const own = (ofTargets.get(target.name) ?? []).filter(isOwn);
    const applied = own.filter(({ isApplied }) => isApplied);
    return {
      objects: applied.flatMap(({ objects }) => objects),
      digest: sha256(own.map(({ content }) => content).join('\0')).slice(0, 16),
    };
  };
}

/** A file of entry points. No cluster of the declaration has these objects, so no chart of cdk8s defines them. */
export function entryFile({ federation }: GitopsContext, path: string, documents: readonly object[]): OutputFile {
  return { path, content: renderYaml([generatedFrom(federation.declaration, 'gitops')], documents) };
}

/** The `kustomization.yaml` of a directory of entry points. */
export function entryKustomization(
  context: GitopsContext,
  directory: string,
  resources: readonly string[],
): OutputFile {
  return entryFile(context, `${directory}/kustomization.yaml`, [
    { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources },
  ]);
}
