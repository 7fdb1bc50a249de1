import { groupOfDefinition, isDefinition } from '../../domain/kubernetes/custom-kinds.ts';
import type { Federation, Target } from '../../model/federation.ts';
import type { Component, PlannedFile } from '../component.ts';
import { type WaveName, waves } from '../waves.ts';
import { type Brought, istioKinds } from './brought.ts';
import type { Gate } from './gate.ts';
import type { ApplyStep } from './step.ts';
import { stepBase } from './step-base.ts';

/** The files of one target in one wave. */
export interface FilesOfWave<T extends Target = Target> {
  readonly wave: WaveName;
  readonly target: T;
  readonly files: readonly PlannedFile[];
}

/** The step that applies files. Empty if there are none. */
export function applySteps(
  { engine }: Federation,
  { wave, target, files }: FilesOfWave,
  gate: Gate | null,
): readonly ApplyStep[] {
  if (files.length === 0) return [];
  const isOfEngine = target === engine.api || files.some(({ component }) => component.kind === 'engine');
  const step: ApplyStep = {
    ...stepBase({ wave, target }),
    action: 'apply',
    path: `${target.name}/${waves[wave].directory}`,
    gate,
    engine: isOfEngine ? engine.name : null,
    brings: distinct(files.flatMap(({ component }) => broughtBy(component))),
  };
  return [step];
}

function broughtBy(component: Component): readonly Brought[] {
  switch (component.kind) {
    case 'engine':
      return component.brings;
    // The operator installs Istio as soon as it reads the resource.
    case 'sailIstio':
      return [istioKinds];
    case 'objects':
      return component.objects
        .filter(isDefinition)
        .map(({ metadata }) => ({ brings: 'kinds', group: groupOfDefinition(metadata.name) }));
    default:
      return [];
  }
}

const distinct = (all: readonly Brought[]): readonly Brought[] => [
  ...new Map(all.map((one) => [JSON.stringify(one), one])).values(),
];
