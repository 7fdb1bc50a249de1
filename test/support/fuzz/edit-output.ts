import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanJson } from '../../../constructs/delivery/tables/plan-json.ts';
import { renderPlanTable } from '../../../constructs/delivery/tables/plan-table.ts';

/**
 * Edits a file of an output, and makes what is compared with it anew: then the change is met behind the comparisons, and not
 * only by them.
 */
export function editOutput(directory: string, path: string, edit: (text: string) => string): void {
  writeFileSync(join(directory, path), edit(readFileSync(join(directory, path), 'utf8')));
  sumUp(directory, path);
}

function sumUp(directory: string, path: string): void {
  if (path === 'plan.json') renderPlan(directory);
  const [cluster = '', ...rest] = path.split('/');
  const inventory = join(directory, cluster, 'inventory.json');
  if (rest.length === 0 || path.endsWith('inventory.json') || !existsSync(inventory)) return;
  const { files, ...others } = JSON.parse(readFileSync(inventory, 'utf8')) as {
    files: { path: string; sha256: string }[];
  };
  const sum = createHash('sha256')
    .update(readFileSync(join(directory, path), 'utf8'))
    .digest('hex');
  const summed = files.map((one) => (one.path === rest.join('/') ? { ...one, sha256: sum } : one));
  writeFileSync(inventory, JSON.stringify({ ...others, files: summed }));
}

function renderPlan(directory: string): void {
  try {
    const { steps } = JSON.parse(readFileSync(join(directory, 'plan.json'), 'utf8')) as PlanJson;
    writeFileSync(join(directory, 'plan.tsv'), renderPlanTable(steps).content);
  } catch {
    // It is no plan any more. Then no table can be made of it.
  }
}
