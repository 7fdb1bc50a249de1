import { basename } from 'node:path/posix';
import type { Federation } from '../model/federation.ts';
import { causeOfDirectory } from '../plan/targets.ts';
import { waves } from '../plan/waves.ts';
import type { TargetFile } from './output-file.ts';
import { generatedFrom, renderYaml } from './yaml.ts';

/** One `kustomization.yaml` per directory with something to apply, its resources in the order of the plan. */
export function renderKustomizations(federation: Federation, files: readonly TargetFile[]): readonly TargetFile[] {
  return groupByDirectory(files.filter(({ isApplied }) => isApplied)).map(([first, ...others]) => {
    const { target, wave } = first;
    const cause = causeOfDirectory(federation, target);
    const resources = [first, ...others].map(({ path }) => basename(path));
    return {
      target,
      wave,
      cause,
      path: `${target}/${waves[wave].directory}/kustomization.yaml`,
      content: renderYaml(generatedFrom(federation.declaration, cause), [
        { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources },
      ]),
      objects: [],
      isApplied: false,
    };
  });
}

type Group = [TargetFile, ...TargetFile[]];

function groupByDirectory(files: readonly TargetFile[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const file of files) {
    const key = `${file.target}/${file.wave}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  return [...groups.values()];
}
