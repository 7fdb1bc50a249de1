import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderPlanTable } from '../../../constructs/delivery/tables/plan-table.ts';
import type { Step } from '../../../constructs/plan/steps/step.ts';
import { readPlan } from '../../../operations/plan/read-plan.ts';
import type { Synthesized } from '../environment.ts';

type Change = (text: string) => string;

/** A copy of an output under another name, to be edited. */
export function copyOf(output: Synthesized, name: string): Synthesized {
  const copy = { ...output, directory: `${output.directory}-${name}` };
  cpSync(output.directory, copy.directory, { recursive: true });
  return copy;
}

/** Edits a file of an output that no inventory lists: a table. */
export function editTable({ directory }: Synthesized, path: string, change: Change): void {
  edit(join(directory, path), change);
}

/** Edits a file of a cluster, and its checksum in the inventory of the cluster: the command refuses any other file. */
export function editManifest(output: Synthesized, cluster: string, path: string, change: Change): void {
  const inventory = join(output.directory, cluster, 'inventory.json');
  const file = join(output.directory, cluster, path);
  const former = sha256Of(file);
  edit(file, change);
  edit(inventory, (text) => {
    if (!text.includes(former)) throw new Error(`${inventory} does not list ${path}`);
    return text.replaceAll(former, sha256Of(file));
  });
}

/** Edits the steps of an output in both of its plans: the command refuses two that differ. */
export function editSteps({ directory }: Synthesized, change: (steps: readonly Step[]) => readonly Step[]): void {
  const plan = readPlan(directory);
  const steps = change(plan.steps);
  writeFileSync(join(directory, 'plan.json'), JSON.stringify({ ...plan, steps }));
  writeFileSync(join(directory, 'plan.tsv'), renderPlanTable(steps).content);
}

/** Gives an output the name of another federation, as its declaration would. */
export function renameFederation({ directory }: Synthesized, federation: string): void {
  const plan = readPlan(directory);
  const steps = plan.steps.map((step) => (step.action === 'preflight' ? { ...step, federation } : step));
  writeFileSync(join(directory, 'plan.json'), JSON.stringify({ ...plan, federation, steps }));
  writeFileSync(join(directory, 'plan.tsv'), renderPlanTable(steps).content);
}

function edit(path: string, change: Change): void {
  const text = readFileSync(path, 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error(`${path} has nothing to change`);
  writeFileSync(path, changed);
}

const sha256Of = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
