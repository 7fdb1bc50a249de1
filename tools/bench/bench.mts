/**
 * Measures start-up and scale, side by side in one run. Only ratios mean anything on another machine.
 *
 *   npm run bench
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureCommand, median } from './bench-command.mts';
import { measureScale } from './bench-scale.mts';

const root = join(import.meta.dirname, '../..');
const workspace = mkdtempSync(join(tmpdir(), 'mesh-federation-bench-'));

const oneObject = `import { ApiObject, App, Chart } from 'cdk8s';
const app = new App();
new ApiObject(new Chart(app, 'one'), 'one', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' } });
app.synth();
`;

function milliseconds(act: () => void): number {
  const start = process.hrtime.bigint();
  act();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function cdk8sSynth(...app: readonly string[]): void {
  const command = join(root, 'node_modules/.bin/cdk8s');
  const args = ['synth', ...app, '--output', join(workspace, 'dist')];
  const env = { ...process.env, CDK8S_CHECK_UPGRADE: 'false' };
  const { status, stderr } = spawnSync(command, args, { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

interface Turn {
  readonly ours: number;
  readonly one: number;
  readonly lean: number;
}

/**
 * Compares the default declaration, as cdk8s.yaml starts it, with an app of one object. Both take turns through the same
 * command line. The small app starts with `--import tsx`, as tsx recommends, and again in the leaner way of our app.
 */
function measureStartUp(): void {
  const other = join(root, 'node_modules/.bench-one-object.ts');
  writeFileSync(other, oneObject);
  const turns = Array.from({ length: 9 }, () => ({
    ours: milliseconds(() => cdk8sSynth()),
    one: milliseconds(() => cdk8sSynth('--app', `node --import tsx ${other}`)),
    lean: milliseconds(() => cdk8sSynth('--app', `node --require tsx/cjs ${other}`)),
  })).slice(1); // the first turn fills the caches
  rmSync(other);
  const of = (pick: (turn: Turn) => number): string => median(turns.map(pick)).toFixed(0);
  const ratio = (pick: (turn: Turn) => number): string =>
    median(turns.map((turn) => turn.ours / pick(turn))).toFixed(2);
  console.error(
    `start-up   ${of(({ ours }) => ours)} ms against ${of(({ one }) => one)} ms for one object: ${ratio(({ one }) => one)} (promise: 1.3)`,
  );
  console.error(`           ${ratio(({ lean }) => lean)} with tsx's CommonJS half for both`);
}

try {
  measureStartUp();
  measureCommand(workspace);
  measureScale(workspace);
} finally {
  rmSync(workspace, { recursive: true, force: true });
}
