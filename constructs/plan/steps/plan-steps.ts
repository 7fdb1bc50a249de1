import { groupBy } from '../../domain/group-by.ts';
import type { Federation } from '../../model/federation.ts';
import type { PlannedFile } from '../component.ts';
import type { PlanSlices } from '../slices.ts';
import { type WaveName, waves } from '../waves.ts';
import { applySteps, type FilesOfWave } from './apply-steps.ts';
import { clusterSteps } from './cluster-steps.ts';
import { gateOf } from './gate.ts';
import type { Step } from './step.ts';
import { stepBase } from './step-base.ts';

/**
 * Every step in execution order: by wave, then by cluster as declared. The engine's installation comes first in its
 * wave, the engine's own API server last.
 */
export function planSteps(federation: Federation, files: readonly PlannedFile[], slices: PlanSlices): readonly Step[] {
  const waveNames = Object.keys(waves) as readonly WaveName[];
  const filesIn = byPlace(files);
  const ofEngine = slices.engine.steps(federation);
  const ofTrust = slices.trust.steps(federation);
  return waveNames.flatMap((wave) => [
    ...ofEngine.filter((step) => step.wave === wave),
    ...federation.clusters.flatMap((target) =>
      clusterSteps[wave]({ federation, slices }, { wave, target, files: filesIn(wave, target.name) }),
    ),
    ...ofTrust.filter((step) => step.wave === wave),
    ...apiSteps(federation, wave, (name) => filesIn(wave, name)),
  ]);
}

function byPlace(files: readonly PlannedFile[]): (wave: WaveName, target: string) => readonly PlannedFile[] {
  const groups = groupBy(files, ({ wave, target }) => `${wave}/${target}`);
  return (wave, target) => groups.get(`${wave}/${target}`) ?? [];
}

// Nothing is installed on this API server. It only passes on the objects that it gets.
function apiSteps(
  federation: Federation,
  wave: WaveName,
  filesOf: (name: string) => FilesOfWave['files'],
): readonly Step[] {
  const { api, name: engine } = federation.engine;
  if (api === null) return [];
  const place = { wave, target: api };
  const gate = gateOf(federation, wave);
  if (wave !== 'preflight') return applySteps(federation, { ...place, files: filesOf(api.name) }, gate);
  return [{ ...stepBase(place), action: 'preflight', gate, engine, federation: federation.name, expected: null }];
}
