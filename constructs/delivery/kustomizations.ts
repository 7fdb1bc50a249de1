import { basename } from 'node:path/posix';
import { groupBy } from '../domain/group-by.ts';
import type { Federation } from '../model/federation.ts';
import { causeOfDirectory } from '../plan/targets.ts';
import { waves } from '../plan/waves.ts';
import type { TargetFile } from './output-file.ts';
import { generatedFrom, renderYaml } from './yaml.ts';

/** One `kustomization.yaml` per directory with something to apply. It lists its resources in the order of the plan. */
export function renderKustomizations(federation: Federation, files: readonly TargetFile[]): readonly TargetFile[] {
  const applied = files.filter(({ isApplied }) => isApplied);
  const directories = groupBy(applied, (file) => `${file.target}/${file.wave}`);
  return [...directories.values()].map((inside) => {
    const [{ target, wave }] = inside;
    const cause = causeOfDirectory(federation, target);
    const resources = inside.map(({ path }) => basename(path));
    return {
      target,
      wave,
      cause,
      path: `${target}/${waves[wave].directory}/kustomization.yaml`,
      content: renderYaml(
        [generatedFrom(federation.declaration, cause)],
        [{ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources }],
      ),
      objects: [],
      isApplied: false,
    };
  });
}
