import { join } from 'node:path';
import { rowFor, rowNamed, substitute, substitutes } from '../build/chosen.ts';
import { MODULE_CACHE, unbuilt } from '../build/go.ts';
import { commitPins, type MissingPin, missingPins, sayMissing } from '../build/pins.ts';
import { E2E } from '../machine/paths.ts';
import { say } from '../machine/wait.ts';
import type { ModuleName } from '../tables/modules.ts';
import { formToPrepare, type Group, substitutesOf } from './groups.ts';
import { modulesFor } from './prepare.ts';

/** The file that pins the sources of a row. */
export function goModOf(row: string): string {
  return join(E2E, 'modules', row, 'go.mod');
}

/** The rows that a group's suites need built. On existing clusters, only the rows of their tools. */
export function rowsFor(group: Group, isOnExisting = false): ModuleName[] {
  const preparation = isOnExisting ? 'tools' : formToPrepare(group);
  if (preparation === undefined) return [];
  const names = modulesFor(
    preparation,
    group.suites.flatMap((suite) => suite.modules),
  );
  return names.map((name) => substitutesOf(group)[name] ?? name);
}

/**
 * Checks before compiling whether the registry serves the commits of these modules. A module with an unavailable commit
 * falls back to its next row. If it has none, this throws and names every unavailable commit.
 */
export async function chooseModules(names: readonly ModuleName[]): Promise<void> {
  const toBuild = unbuilt(names);
  if (toBuild.length === 0) return;
  const pins = await commitPins([...new Set(toBuild.map((name) => goModOf(rowFor(name).name)))]);
  say(`asking for ${pins.length} commits, before anything is compiled`);
  const missing = await missingPins(pins, MODULE_CACHE);
  if (missing.length === 0) return;
  for (const name of toBuild.filter((one) => isMissing(one, missing))) fallBack(name, missing);
  await chooseModules(names);
}

function isMissing(name: ModuleName, missing: readonly MissingPin[]): boolean {
  return missing.some(({ files }) => files.includes(goModOf(rowFor(name).name)));
}

function fallBack(name: ModuleName, missing: readonly MissingPin[]): void {
  const rows = [name, ...(rowNamed(name).fallbacks ?? [])];
  const next = rows[rows.indexOf(rowFor(name).name as ModuleName) + 1];
  if (next === undefined) throw new Error(sayMissing(missing));
  say(sayMissing(missing));
  say(`${name} falls back to ${next} ${rowNamed(next).version}`);
  substitute({ ...substitutes(), [name]: rowNamed(next).name });
}
