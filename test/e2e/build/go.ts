import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CACHE, E2E } from '../machine/paths.ts';
import { run } from '../machine/run.ts';
import { say } from '../machine/wait.ts';
import type { GoBuild, GoModule, ModuleName } from '../tables/modules.ts';
import { cached, fill, isCached } from './cache.ts';
import { rowFor } from './chosen.ts';
import { needFree } from './disk.ts';

// Separate caches: a build leaves tens of gigabytes in them, which do not belong in a user's own caches.
const GO_CACHES = join(CACHE, 'cache-building');

/** The caches of all rows of the core grew to 15 GiB; this leaves some room. */
const NEEDED_GIB = 20;

/** The directory in which builds keep downloaded modules. */
export const MODULE_CACHE = join(GO_CACHES, 'mod');

/** The directory with a module's programs (`bin`) and its kept files (`files`). */
export function moduleDirectory(name: ModuleName): string {
  const row = rowFor(name);
  const pins = ['go.mod', 'go.sum', 'main.go'].map((file) => readIfThere(join(E2E, 'modules', row.name, file)));
  return cached(row.name, row.version, ...pins, JSON.stringify([row.stamps, row.builds, row.files]), process.arch);
}

/** The path of a program. */
export function program(name: ModuleName, binary: string): string {
  return join(moduleDirectory(name), 'bin', binary);
}

/** A file or directory that was kept from a module. */
export function moduleFile(name: ModuleName, path: string): string {
  return join(moduleDirectory(name), 'files', path);
}

/** Builds the modules that the cache lacks, and removes what only the build needed. */
export async function buildModules(names: readonly ModuleName[]): Promise<void> {
  const missing = unbuilt(names);
  if (missing.length === 0) return;
  needFree(CACHE, NEEDED_GIB, 'building the programs');
  const minutes = Math.ceil(missing.reduce((sum, name) => sum + rowFor(name).minutes, 0));
  say(`to build, once: ${missing.map((name) => rowFor(name).name).join(', ')}; about ${minutes} minutes on two cores`);
  for (const name of missing) await buildModule(name);
  removeGoCaches();
}

/** The modules without programs in the cache, each once. */
export function unbuilt(names: readonly ModuleName[]): ModuleName[] {
  return [...new Set(names)].filter((name) => !isCached(moduleDirectory(name)));
}

function removeGoCaches(): void {
  rmSync(GO_CACHES, { recursive: true, force: true });
}

async function buildModule(name: ModuleName): Promise<void> {
  const row = rowFor(name);
  const began = Date.now();
  say(`building ${row.name} ${row.version}, about ${row.minutes} min ...`);
  await fill(moduleDirectory(name), async (aside) => {
    for (const build of row.builds) await goBuild(row, build, join(aside, 'bin'));
    await keepFiles(row, join(aside, 'files'));
  });
  say(`built ${row.name} in ${Math.round((Date.now() - began) / 1000)} s`);
}

async function goBuild(row: GoModule, build: GoBuild, into: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  const stamps = Object.entries(row.stamps).map(([name, value]) => `-X ${name}=${value}`);
  const flags = ['-trimpath', '-ldflags', ['-s -w', ...stamps].join(' '), ...(build.tags ? ['-tags', build.tags] : [])];
  const packages = Object.keys(build.programs);
  await go(row, ['build', ...flags, '-o', `${into}/`, ...packages]);
  for (const [path, name] of Object.entries(build.programs)) {
    if (basename(path) !== name) await run(['mv', join(into, basename(path)), join(into, name)]);
  }
}

async function keepFiles(row: GoModule, into: string): Promise<void> {
  if (row.files.length === 0) return;
  // With a package, not with `list -m`, which asks the proxy for a version's date, and the proxy may not have it.
  const [somePackage = ''] = row.builds.flatMap((build) => Object.keys(build.programs));
  const source = (await go(row, ['list', '-f', '{{.Module.Dir}}', somePackage])).trim();
  for (const path of row.files) cpSync(join(source, path), join(into, path), { recursive: true });
  // Go's module cache is read-only, and so are copies from it.
  await run(['chmod', '-R', 'u+w', into]);
}

function go(row: GoModule, words: readonly string[]): Promise<string> {
  return run(['nice', '-n', '15', 'go', ...words], {
    cwd: join(E2E, 'modules', row.name),
    timeoutSeconds: 3600,
    env: {
      GOMODCACHE: MODULE_CACHE,
      GOCACHE: join(GO_CACHES, 'build'),
      // Static programs: they run in any image, on any base.
      CGO_ENABLED: '0',
      GOFLAGS: '-mod=readonly -buildvcs=false',
      GOWORK: 'off',
    },
  });
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
