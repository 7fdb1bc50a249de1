import type { Federation } from '../../model/federation.ts';
import type { PlannedFile } from '../component.ts';
import { engineSteps } from '../engine-steps.ts';
import { trustSteps } from '../trust-steps.ts';
import { type WaveName, waves } from '../waves.ts';
import { applySteps, type FilesOfWave } from './apply-steps.ts';
import { clusterSteps } from './cluster-steps.ts';
import { gateOfWave } from './gate.ts';
import type { Step } from './step.ts';

/**
 * Every step, in the order in which they are taken: by wave, then by cluster as declared; first the engine's installation,
 * last its own API.
 */
export function planSteps(federation: Federation, files: readonly PlannedFile[]): readonly Step[] {
  const waveNames = Object.keys(waves) as readonly WaveName[];
  const filesIn = byPlace(files);
  const ofEngine = engineSteps(federation);
  const ofTrust = trustSteps(federation);
  return waveNames.flatMap((wave) => [
    ...ofEngine.filter((step) => step.wave === wave),
    ...federation.clusters.flatMap((target) =>
      clusterSteps[wave](federation, { wave, target, files: filesIn(wave, target.name) }),
    ),
    ...ofTrust.filter((step) => step.wave === wave),
    ...apiSteps(federation, wave, (name) => filesIn(wave, name)),
  ]);
}

function byPlace(files: readonly PlannedFile[]): (wave: WaveName, target: string) => readonly PlannedFile[] {
  const groups = new Map<string, PlannedFile[]>();
  for (const file of files) {
    const place = `${file.wave}/${file.target}`;
    const here = groups.get(place);
    if (here === undefined) groups.set(place, [file]);
    else here.push(file);
  }
  return (wave, target) => groups.get(`${wave}/${target}`) ?? [];
}

// Nothing is installed there and nothing is asked of it but to pass on what it gets.
function apiSteps(
  federation: Federation,
  wave: WaveName,
  filesOf: (name: string) => FilesOfWave['files'],
): readonly Step[] {
  const {
    name,
    engine: { api, name: engine },
  } = federation;
  if (api === null) return [];
  if (wave !== 'preflight')
    return applySteps(federation, { wave, target: api, files: filesOf(api.name) }, gateOfWave(federation, wave));
  return [
    {
      wave,
      target: api,
      action: 'preflight',
      gate: { kind: 'preflight-passed' },
      engine,
      needs: [],
      brings: [],
      undo: null,
      federation: name,
      expected: null,
    },
  ];
}
