import type { HelmValues, PlannedFile } from '../plan/component.ts';
import { waves } from '../plan/waves.ts';
import type { TargetFile } from './output-file.ts';
import { generatedFrom, renderYaml } from './yaml.ts';

/** Renders the values files of Helm charts. They hold no objects, so no chart of cdk8s defines them. */
export function renderHelmValues(declaration: string, files: readonly PlannedFile[]): readonly TargetFile[] {
  return files.filter(hasHelmValues).map(({ target, wave, name, cause, component }) => ({
    target,
    wave,
    cause,
    path: `${target}/${waves[wave].directory}/${name}.yaml`,
    content: renderYaml([generatedFrom(declaration, cause), ...component.notes], [component.values]),
    objects: [],
    isApplied: false,
  }));
}

function hasHelmValues(file: PlannedFile): file is PlannedFile<HelmValues> {
  return file.component.kind === 'helmValues';
}
