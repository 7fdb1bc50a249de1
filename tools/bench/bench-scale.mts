import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';

const root = join(import.meta.dirname, '../..');

/** The ways in which workloads reach the clusters. Each is a row of every table of results. */
const ways = {
  kubefed: { federation: { engine: 'kubefed', version: '0.10.0' }, delivery: 'federated' },
  karmada: { federation: { engine: 'karmada', kubeContext: 'karmada' }, delivery: 'federated' },
  plain: { federation: { engine: 'plain' }, delivery: 'federated' },
  direct: { federation: { engine: 'kubefed', version: '0.10.0' }, delivery: 'direct' },
} as const;

type Way = keyof typeof ways;

interface Size {
  readonly clusters: number;
  readonly workloads: number;
  readonly runs: number;
}

/** The sizes, each compared with the one before it. The best of several runs counts for a small size, which other work disturbs most. */
const sizes: readonly Size[] = [
  { clusters: 100, workloads: 25, runs: 3 },
  { clusters: 100, workloads: 50, runs: 3 },
  { clusters: 300, workloads: 50, runs: 2 },
  { clusters: 1000, workloads: 50, runs: 1 },
];

/** The number of workloads with a Service, which every cluster calls in every other one. */
const services = 10;

/** The tables that verify joins. */
const tables = ['services.tsv', 'clients.tsv', 'endpoints.tsv', 'gateways.tsv'];

function manifestsOf(name: string, hasService: boolean): string {
  const metadata = { name, labels: { app: name } };
  const containers = [{ name: 'app', image: `registry.example/${name}:1.0`, ports: [{ containerPort: 8080 }] }];
  const template = { metadata: { labels: metadata.labels }, spec: { containers } };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { replicas: 1, selector: { matchLabels: metadata.labels }, template },
  };
  const ports = [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }];
  const service = { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: metadata.labels, ports } };
  return [deployment, ...(hasService ? [service] : [])].map((object) => dump(object)).join('---\n');
}

/** A primary with remotes, each in a network of its own. */
function declare(directory: string, way: Way, { clusters, workloads }: Size): void {
  mkdirSync(directory, { recursive: true });
  const { federation, delivery } = ways[way];
  const names = Array.from({ length: workloads }, (_, index) => `app-${index}`);
  for (const [index, name] of names.entries())
    writeFileSync(join(directory, `${name}.yaml`), manifestsOf(name, index < services));
  const declaration = {
    name: 'bench',
    istio: { version: '1.31.4' },
    federation,
    clusters: Array.from({ length: clusters }, (_, index) => ({
      name: `cluster-${index}`,
      role: index === 0 ? 'host' : 'member',
      network: `network-${index}`,
    })),
    workloads: names.map((name) => ({ name, namespace: 'shop', delivery, manifests: [`${name}.yaml`] })),
  };
  writeFileSync(join(directory, 'federation.yaml'), dump(declaration));
}

interface Measured {
  readonly size: Size;
  readonly files: number;
  /** CPU time without the kernel's share, mostly for writing files: other work on the machine affects it little. */
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly tableBytes: number;
}

// The process itself reports its peak at its end: on some systems nothing else knows it.
const report = `process.on('exit', () => process.stdout.write(JSON.stringify(process.resourceUsage())));`;

function measureBest(workspace: string, way: Way, size: Size): Measured {
  const runs = Array.from({ length: size.runs }, () => measure(workspace, way, size));
  return runs.reduce((best, run) => (run.cpuSeconds < best.cpuSeconds ? run : best));
}

/** A synth as `npm run synth` starts it, in a process of its own, which also writes. */
function measure(workspace: string, way: Way, size: Size): Measured {
  const directory = join(workspace, 'scale');
  const output = join(directory, 'dist');
  declare(directory, way, size);
  const reporter = join(directory, 'report.cjs');
  writeFileSync(reporter, report);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', reporter, '--require', './constructs/preload.cjs', '--require', 'tsx/cjs', 'main.ts'],
    {
      cwd: root,
      env: { ...process.env, FEDERATION: join(directory, 'federation.yaml'), CDK8S_OUTDIR: output },
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  const { userCPUTime, maxRSS } = JSON.parse(stdout) as NodeJS.ResourceUsage;
  const files = readdirSync(output, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const tableBytes = tables.reduce((sum, table) => sum + statSync(join(output, table)).size, 0);
  rmSync(directory, { recursive: true });
  return {
    size,
    files: files.length,
    cpuSeconds: userCPUTime / 1e6,
    peakMegabytes: maxRSS / 1024,
    tableBytes,
  };
}

// The exponent with which a value has grown since the previous size, as a power of clusters x workloads.
function growth(measured: Measured, before: Measured | undefined, of: (measured: Measured) => number): string {
  if (before === undefined) return '';
  const total = ({ size: { clusters, workloads } }: Measured): number => clusters * workloads;
  return (Math.log(of(measured) / of(before)) / Math.log(total(measured) / total(before))).toFixed(2);
}

const row = (cells: readonly (string | number)[]): string =>
  cells
    .map((cell, index) => (index === 0 ? String(cell).padEnd(7) : String(cell).padStart(9)))
    .join('  ')
    .trimEnd();

/** A table of the costs of a synth for every way and size, with the exponent of their growth. */
export function measureScale(workspace: string): void {
  console.error(
    `\nscale      ${services} Services, every cluster in a network of its own, each row against the one before`,
  );
  console.error(
    '           growth 0: not at all, 1: as the clusters or workloads do (promise: about 1), 2: as their square\n',
  );
  console.error(row(['', 'clusters', 'workloads', 'files', 'CPU', 'growth', 'memory', 'tables', 'growth']));
  for (const way of Object.keys(ways) as readonly Way[])
    sizes.reduce<Measured | undefined>((before, size) => {
      const measured = measureBest(workspace, way, size);
      const { files, cpuSeconds, peakMegabytes, tableBytes } = measured;
      console.error(
        row([
          way,
          size.clusters,
          size.workloads,
          files,
          `${cpuSeconds.toFixed(1)} s`,
          growth(measured, before, (one) => one.cpuSeconds),
          `${peakMegabytes.toFixed(0)} MB`,
          `${(tableBytes / 1024).toFixed(0)} KB`,
          growth(measured, before, (one) => one.tableBytes),
        ]),
      );
      return measured;
    }, undefined);
}
