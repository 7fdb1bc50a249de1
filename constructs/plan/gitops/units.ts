import type { IstioValues } from '../../../imports/istio-values.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { Federation, Target } from '../../model/federation.ts';
import type { PlannedFile } from '../component.ts';
import type { Step } from '../steps/step.ts';
import { type WaveName, waves } from '../waves.ts';
import { distinctLabels, labelOf } from './entry-names.ts';
import { type GitStep, isOfGit } from './owners.ts';

/** One thing that a GitOps engine keeps as it is in the repository. */
export type Unit = DirectoryUnit | ReleaseUnit;

interface UnitBase {
  /** Unique in the federation; the name of the file of its entry point. */
  readonly id: string;
  /** Name of its entry point, a DNS-1123 label. */
  readonly name: string;
  readonly target: Target;
  readonly wave: WaveName;
  /** Position among the units of its target in its wave, from 0. */
  readonly position: number;
  /** Name of the unit before it at this position. It begins when that one is healthy. */
  readonly after: string | null;
}

/** The objects of a directory with a `kustomization.yaml`. */
export interface DirectoryUnit extends UnitBase {
  readonly kind: 'directory';
  /** Relative to the output. */
  readonly path: string;
}

/** A release of a chart. */
export interface ReleaseUnit extends UnitBase {
  readonly kind: 'release';
  readonly release: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
  readonly chartRepository: string;
  /** The file of its values, relative to the output. */
  readonly path: string;
  readonly values: IstioValues;
}

/** A unit for each directory and each release of the steps, in their order: each is there exactly once. */
export function planUnits(
  federation: Federation,
  files: readonly PlannedFile[],
  steps: readonly Step[],
): readonly Unit[] {
  const valuesAt = valuesByPath(files);
  const applied = steps.filter(isOfGit);
  const ids = distinctLabels(applied.map(wordsOf));
  const named = applied.map((step, index) => ({ step, id: ids[index] ?? '' }));
  const chains = groupBy(named, ({ step: { wave, target } }) => `${wave}/${target.name}`);
  return named.map(({ step, id }) => {
    const chain = chains.get(`${step.wave}/${step.target.name}`) ?? [];
    const position = chain.findIndex((one) => one.step === step);
    const before = chain[position - 1];
    const { target, wave, path } = step;
    const base = {
      id,
      name: labelOf(federation.name, id),
      target,
      wave,
      position,
      after: before === undefined ? null : labelOf(federation.name, before.id),
      path,
    };
    if (step.action === 'apply') return { ...base, kind: 'directory' };
    const { release, namespace, chart, version, chartRepository } = step;
    return { ...base, kind: 'release', release, namespace, chart, version, chartRepository, values: valuesAt(path) };
  });
}

function wordsOf(step: GitStep): readonly string[] {
  const words = [waves[step.wave].directory, step.target.name];
  return step.action === 'apply' ? words : [...words, step.release];
}

function valuesByPath(files: readonly PlannedFile[]): (path: string) => IstioValues {
  const values = new Map<string, IstioValues>(
    files.flatMap(({ target, wave, name, component }) =>
      component.kind === 'helmValues'
        ? [[`${target}/${waves[wave].directory}/${name}.yaml`, component.values] as const]
        : [],
    ),
  );
  return (path) => {
    const found = values.get(path);
    if (found === undefined) throw new Error(`no values of a chart are at ${path}`);
    return found;
  };
}
