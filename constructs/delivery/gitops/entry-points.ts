import type { Federation } from '../../model/federation.ts';
import type { GitopsPlan } from '../../plan/gitops/gitops-plan.ts';
import type { Unit } from '../../plan/gitops/units.ts';
import { sha256 } from '../checksums.ts';
import { filesByTarget } from '../files-by-target.ts';
import type { InventoriedObject, OutputFile, TargetFile } from '../output-file.ts';
import { generatedFrom, renderYaml } from '../yaml.ts';
import { autoscaledOf } from './autoscaled.ts';

/** The content of a unit, as its entry points need it. */
export interface UnitContent {
  /** The objects of a directory. Those of a chart are not known here. */
  readonly objects: readonly InventoriedObject[];
  /** Those of them whose replicas an autoscaler sets. */
  readonly autoscaled: readonly InventoriedObject[];
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
  return deliver({ federation, plan, contentOf: contentsOf(federation, plan, files) });
}

// Read once: the entry points ask for a unit several times.
function contentsOf(
  federation: Federation,
  plan: GitopsPlan,
  files: readonly TargetFile[],
): (unit: Unit) => UnitContent {
  const ofTargets = filesByTarget(federation, files);
  const isAutoscaled = autoscaledOf(federation);
  const contents = new Map(
    plan.waves.flatMap(({ units }) =>
      units.map((unit) => [unit.id, contentOf(unit, ofTargets.get(unit.target.name) ?? [], isAutoscaled)] as const),
    ),
  );
  return ({ id }) => {
    const content = contents.get(id);
    if (content === undefined) throw new Error(`no unit of the plan is called ${id}`);
    return content;
  };
}

function contentOf(
  { kind, path }: Unit,
  ofTarget: readonly TargetFile[],
  isAutoscaled: (object: InventoriedObject) => boolean,
): UnitContent {
  // The values of a chart may lie in the same directory, and belong to the release.
  const isOwn = (file: TargetFile): boolean =>
    kind === 'release'
      ? file.path === path
      : file.path === `${path}/kustomization.yaml` || (file.isApplied && file.path.startsWith(`${path}/`));
  const own = ofTarget.filter(isOwn);
  const objects = own.filter(({ isApplied }) => isApplied).flatMap((file) => file.objects);
  return {
    objects,
    autoscaled: objects.filter(isAutoscaled),
    digest: sha256(own.map(({ content }) => content).join('\0')).slice(0, 16),
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
