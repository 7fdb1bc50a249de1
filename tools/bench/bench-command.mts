import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const turns = 15;

// In the process itself, at its end: its own CPU time, and the files of libraries that it has loaded.
const reporter = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  const libraries = Object.keys(require.cache).filter((file) => file.includes('/node_modules/'));
  require('node:fs').writeFileSync(process.env.BENCH_REPORT, JSON.stringify({ cpu: userCPUTime + systemCPUTime, libraries }));
});`;

interface Report {
  /** Microseconds, with those of the kernel. */
  readonly cpu: number;
  readonly libraries: readonly string[];
}

/**
 * The compiled command for the default declaration, against `npm run synth` (without npm itself) and against a process
 * that only loads the same libraries. They take turns, so that other work on the machine meets all.
 */
export function measureCommand(workspace: string): void {
  const built = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
  writeFileSync(join(workspace, 'report.cjs'), reporter);
  const output = ['synth', '--output', join(workspace, 'command')];
  // A whole synth that reads the output and writes nothing: otherwise most of what differs is the disk.
  const words = [...output, '--check'];
  const source = ['--require', './constructs/preload.cjs', '--require', 'tsx/cjs', 'command/main.ts', ...words];
  const packed = ['build/command/main.js', ...words];
  report(workspace, ['build/command/main.js', ...output]);
  const names = namesOf(report(workspace, source).libraries);
  // Beside the libraries, so that it finds them by their names as the command does.
  const alone = join(root, 'node_modules/.bench-libraries.cjs');
  writeFileSync(alone, names.map((name) => `require(${JSON.stringify(name)});\n`).join(''));
  const taken = Array.from({ length: turns }, () => ({
    source: report(workspace, source).cpu,
    packed: report(workspace, packed).cpu,
    alone: report(workspace, [alone]).cpu,
  })).slice(1); // the first turn fills the caches
  rmSync(alone);
  const ratio = (of: 'source' | 'alone'): string => median(taken.map((turn) => turn.packed / turn[of])).toFixed(2);
  console.error(`command    ${ratio('source')} of the CPU of npm run synth (promise: 0.65)`);
  console.error(`           ${ratio('alone')} times loading its ${names.length} libraries alone (promise: 1.6)`);
}

// The libraries that our code names and that this synth has loaded. The compiled library names them; the command holds some.
function namesOf(libraries: readonly string[]): readonly string[] {
  const code = readFileSync(join(root, 'build/command/index.js'), 'utf8');
  const named = [...code.matchAll(/\brequire\("([^".][^"]*)"\)/g)].flatMap(([, name]) => name ?? []);
  const { resolve } = createRequire(join(root, 'main.ts'));
  return ['commander', ...new Set(named)].filter(
    (name) => !name.startsWith('node:') && libraries.includes(resolve(name)),
  );
}

function report(workspace: string, args: readonly string[]): Report {
  const file = join(workspace, 'report.json');
  const env = { ...process.env, BENCH_REPORT: file };
  const ran = spawnSync(process.execPath, ['--require', join(workspace, 'report.cjs'), ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
