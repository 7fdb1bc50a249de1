import {
  entryFile,
  entryKustomization,
  type GitopsContext,
  type GitopsDelivery,
} from '../../../delivery/gitops/entry-points.ts';
import type { OutputFile } from '../../../delivery/output-file.ts';
import type { UnitsOfWave } from '../../../plan/gitops/gitops-plan.ts';
import { barrierOf } from './barriers.ts';
import { helmRepositories } from './charts.ts';
import { directoryEntry } from './directories.ts';
import { type Flux, fluxesOf } from './fluxes.ts';
import { releaseEntry } from './releases.ts';
import { rootOf, sourceOf } from './source.ts';

/** `flux/`: for each Flux the root, which a user applies once, the barriers of the waves, and the units of each wave. */
export const fluxFiles: GitopsDelivery = (context) => fluxesOf(context).flatMap((flux) => filesOf(context, flux));

function filesOf(context: GitopsContext, flux: Flux): readonly OutputFile[] {
  const { directory, waves } = flux;
  const charts = helmRepositories(context, flux);
  const top: readonly (readonly [name: string, documents: readonly object[]])[] = [
    ['root.yaml', [sourceOf(context), rootOf(context, flux)]],
    ...(charts.length === 0 ? [] : [['charts.yaml', charts] as const]),
    ['waves.yaml', waves.map((wave, index) => barrierOf(context, flux, wave, waves[index - 1] ?? null))],
  ];
  return [
    entryKustomization(
      context,
      directory,
      top.map(([name]) => name),
    ),
    ...top.map(([name, documents]) => entryFile(context, `${directory}/${name}`, documents)),
    ...waves.flatMap((wave, index) => filesOfWave(context, flux, wave, waves[index - 1] ?? null)),
  ];
}

function filesOfWave(
  context: GitopsContext,
  flux: Flux,
  wave: UnitsOfWave,
  before: UnitsOfWave | null,
): readonly OutputFile[] {
  const directory = `${flux.directory}/${wave.directory}`;
  const entries = wave.units.map((unit) => {
    const entry =
      unit.kind === 'directory' ? directoryEntry(context, flux, unit, before) : releaseEntry(context, flux, unit);
    return { name: `${unit.id}.yaml`, entry };
  });
  return [
    entryKustomization(
      context,
      directory,
      entries.map(({ name }) => name),
    ),
    ...entries.map(({ name, entry }) => entryFile(context, `${directory}/${name}`, [entry])),
  ];
}
