/**
 * Measures what the promises are about, side by side in one run; only ratios mean anything on another machine.
 *
 *   npm run bench
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dump } from 'js-yaml';
import { defineCharts, loadFederation, planFederation, renderOutput } from '../constructs/index.ts';

const root = join(import.meta.dirname, '..');
const workspace = mkdtempSync(join(tmpdir(), 'mesh-federation-bench-'));

const oneObject = `import { ApiObject, App, Chart } from 'cdk8s';
const app = new App();
new ApiObject(new Chart(app, 'one'), 'one', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' } });
app.synth();
`;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

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
 * The default declaration, as cdk8s.yaml starts it, against an app of one object, taking turns through the same command
 * line. That app is started as tsx says, `--import tsx`, and once more the leaner way that ours is.
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

const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: {name: NAME, labels: {app: NAME}}
spec:
  replicas: 1
  selector: {matchLabels: {app: NAME}}
  template:
    metadata: {labels: {app: NAME}}
    spec: {containers: [{name: app, image: "registry.example/NAME:1.0", ports: [{containerPort: 8080}]}]}
`;

function declare(directory: string, clusters: number, workloads: number): string {
  mkdirSync(directory, { recursive: true });
  const names = Array.from({ length: workloads }, (_, index) => `app-${index}`);
  for (const name of names) writeFileSync(join(directory, `${name}.yaml`), manifest.replaceAll('NAME', name));
  const declaration = {
    name: 'bench',
    istio: { version: '1.31.4' },
    federation: { engine: 'kubefed', version: '0.10.0' },
    clusters: Array.from({ length: clusters }, (_, index) => ({
      name: `cluster-${index}`,
      role: index === 0 ? 'host' : 'member',
      network: `network-${index}`,
    })),
    workloads: names.map((name) => ({ name, namespace: 'shop', delivery: 'direct', manifests: [`${name}.yaml`] })),
  };
  writeFileSync(join(directory, 'federation.yaml'), dump(declaration));
  return join(directory, 'federation.yaml');
}

/** Synthesis in memory against writing the bytes that it made. */
function measureScale(clusters: number, workloads: number): number {
  const declaration = declare(join(workspace, `${clusters}x${workloads}`), clusters, workloads);
  let files: readonly { path: string; content: string }[] = [];
  const synthesis = milliseconds(() => {
    const plan = planFederation(loadFederation(declaration).federation);
    files = renderOutput(plan, defineCharts(plan)).files;
  });
  const target = join(workspace, 'written');
  const writing = milliseconds(() => {
    for (const { path, content } of files) {
      mkdirSync(dirname(join(target, path)), { recursive: true });
      writeFileSync(join(target, path), content);
    }
  });
  rmSync(target, { recursive: true });
  const label = `${clusters} x ${workloads}`.padEnd(9);
  console.error(
    `${label}  ${synthesis.toFixed(0)} ms, ${(synthesis / writing).toFixed(1)} times the writing of ${files.length} files`,
  );
  return synthesis;
}

try {
  measureStartUp();
  measureScale(50, 50); // fills the caches
  const base = measureScale(100, 50);
  const doubledClusters = measureScale(200, 50);
  const doubledWorkloads = measureScale(100, 100);
  console.error(
    `linear     ${(doubledClusters / base).toFixed(2)} for twice the clusters, ${(doubledWorkloads / base).toFixed(2)} for twice the workloads (promise: about 2)`,
  );
} finally {
  rmSync(workspace, { recursive: true, force: true });
}
