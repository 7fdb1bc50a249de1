import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPlan } from '../../../operations/plan/read-plan.ts';
import { recordName } from '../../../operations/record/read-records.ts';
import { applyTo } from '../../operations/apply/apply-run.ts';
import type { ApiServer } from '../servers/api/api-server.ts';
import type { SentObject } from '../servers/api/object.ts';
import { copyServers, type Servers } from '../servers/servers.ts';
import { cacerts, namespace } from '../servers/worlds/registered.ts';
import { defaultWorld, installingWorld } from '../servers/worlds/worlds.ts';

/** The places and the servers of one run. */
export interface Scene {
  /** Everything that the run may see: the output is in `dist`, and the declaration beside it. */
  readonly project: string;
  readonly servers: Servers;
  readonly remove: () => void;
}

/** A world to which something is done: its servers before an apply and after it. */
export interface Stage {
  readonly output: string;
  readonly federation: string;
  /** Its file, relative to the project. */
  readonly declaration: string;
  readonly empty: Servers;
  readonly applied: Servers;
}

const root = join(import.meta.dirname, '../../..');

/** The default output of this repository, and the one that installs everything, with helm; each with its clusters. */
const stages: readonly (() => Promise<Stage>)[] = [
  () => stageOf(join(root, 'dist'), defaultWorld()),
  () => stageOf(join(root, 'test/golden/helm'), installingWorld({}, { host: held, member: held })),
];

const held = { holds: [namespace('istio-system'), cacerts()] };

/** Makes a stage by its number. It is made once, and each run gets a copy of it. */
export async function makeStage(index: number): Promise<Stage> {
  const make = stages[index];
  if (make === undefined) throw new Error(`there is no stage ${index}`);
  return make();
}

async function stageOf(output: string, empty: Servers): Promise<Stage> {
  const { federation, declaration } = readPlan(output);
  for (const { server } of empty.world.clusters.values())
    for (const object of bystanders) server.create(object, { manager: 'kubectl' });
  empty.settle();
  const applied = copyServers(empty);
  const { exitCode, said } = await applyTo(applied, { directory: output });
  if (exitCode !== 0) throw new Error(`the stage of ${output} cannot be applied: ${said}`);
  for (const { server } of applied.world.clusters.values()) leaveRemains(server, federation);
  applied.settle();
  return { output, federation, declaration, empty, applied };
}

/** Objects of somebody else, which no run may change. Hostile texts name them. */
export const bystanders: readonly SentObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bank' } },
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'bank', namespace: 'bank' }, data: { a: 'Yg==' } },
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'bank', namespace: 'default' }, data: { a: 'Yg==' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'bank', namespace: 'kube-system' }, data: { a: 'b' } },
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'bank', namespace: 'default' }, spec: {} },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'bank' }, rules: [] },
];

// What an earlier output has applied, and this one no longer has; and the Lease of a run that was killed.
function leaveRemains(server: ApiServer, federation: string): void {
  const former = { name: 'former', namespace: 'default' };
  server.apply(
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: former, data: { a: 'b' } },
    { manager: 'mesh-federation' },
  );
  const configMaps = server.kinds.named('configmaps');
  if (configMaps === undefined) return;
  const place = { kind: configMaps, namespace: 'kube-system', name: recordName(federation) };
  const { data } = server.get(place);
  const tables = data as Record<string, string>;
  tables['objects.tsv'] += '70-workloads\t-\tConfigMap\tdefault\tformer\n';
  const spec = {
    holderIdentity: 'tester',
    leaseDurationSeconds: 60,
    acquireTime: '2026-01-01T00:00:00.000000Z',
    renewTime: '2026-01-01T00:00:00.000000Z',
  };
  server.create(
    {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'mesh-federation', namespace: 'kube-system' },
      spec,
    },
    { manager: 'mesh-federation' },
  );
}

/** Copies a stage for one run. */
export function openScene(stage: Stage, isApplied: boolean): Scene {
  const project = mkdtempSync(join(tmpdir(), 'mesh-federation-fuzz-'));
  mkdirSync(join(project, stage.declaration, '..'), { recursive: true });
  for (const path of ['cdk8s.yaml', stage.declaration]) writeFileSync(join(project, path), '');
  cpSync(stage.output, join(project, 'dist'), { recursive: true });
  return {
    project,
    servers: copyServers(isApplied ? stage.applied : stage.empty),
    remove: () => rmSync(project, { recursive: true, force: true }),
  };
}
