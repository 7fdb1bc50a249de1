import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, test as base } from 'vitest';
import { reportText } from '../../../command/destroy/report.ts';
import type { PlanJson } from '../../../constructs/delivery/tables/plan-json.ts';
import { renderPlanTable } from '../../../constructs/delivery/tables/plan-table.ts';
import type { Step } from '../../../constructs/plan/steps/step.ts';
import { destroy } from '../../../operations/destroy/destroy.ts';
import type { DestroyOptions } from '../../../operations/destroy/options.ts';
import { readOutput } from '../../../operations/plan/output.ts';
import { currentCommands, currentObjects } from '../../../operations/record/coming-record.ts';
import { createdBy } from '../../../operations/record/created.ts';
import type { ClusterRecord } from '../../../operations/record/record.ts';
import type { RunProgram } from '../../../operations/tools/run-program.ts';
import { makeStop } from '../../../operations/tools/stop.ts';
import type { Servers } from '../../support/servers/servers.ts';
import { RemovalWorld } from '../removal/removal-world.ts';

/** The output of the default declaration. */
export const output = readOutput(join(import.meta.dirname, '../../../dist'));

/** The record that an apply of an output leaves in a cluster where nothing was before. */
export function recordOf(cluster: string, from = output): ClusterRecord {
  return {
    federation: from.plan.federation,
    cluster,
    objects: currentObjects(from, cluster),
    commands: currentCommands(from, cluster),
    created: createdBy(from, { name: cluster, isMember: cluster !== 'federation' }, false),
    progress: null,
    members: [],
  };
}

/** Runs `destroy` in a world, and returns its exit code and what it prints. */
export type Destroy = (
  options?: Partial<DestroyOptions>,
) => Promise<{ readonly code: number | string; readonly text: string }>;

interface Fixtures {
  /** Two clusters after an apply of the default output, with KubeFed. */
  readonly world: RemovalWorld;
  readonly plan: { current: PlanJson };
  readonly destroy: Destroy;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern
  world: async ({}, use) => use(appliedWorld()),
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the pattern
  plan: async ({}, use) => use({ current: output.plan }),
  destroy: async ({ world, plan }, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'destroy-'));
    await use((options = {}) => {
      world.calls.length = 0;
      return runDestroy(world.program, plan.current, directory, options);
    });
    rmSync(directory, { recursive: true });
  },
});

/** A plan with one more step. */
export function withPlan(plan: PlanJson, cluster: string, action: Step['action'], fields: object): PlanJson {
  const target = { name: cluster, kubeContext: cluster, uid: null };
  const base = { wave: 'federationControlPlane', target, gate: null, engine: null, needs: [], brings: [], undo: null };
  return { ...plan, steps: [...plan.steps, { ...base, action, ...fields } as unknown as Step] };
}

const directories: string[] = [];

// A run that is killed removes nothing.
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** Runs `destroy` with a plan of its own. */
export async function destroyIn(
  world: Pick<RemovalWorld, 'program'> | Pick<Servers, 'run'>,
  plan: PlanJson,
  options: Partial<DestroyOptions>,
): Promise<{ code: number | string; text: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'destroy-'));
  directories.push(directory);
  try {
    const program = 'run' in world ? world.run : world.program;
    return await runDestroy(program, plan, directory, options);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function runDestroy(
  program: RunProgram,
  plan: PlanJson,
  directory: string,
  options: Partial<DestroyOptions>,
): Promise<{ code: number | string; text: string }> {
  writeFileSync(join(directory, 'plan.json'), JSON.stringify(plan));
  writeFileSync(join(directory, 'plan.tsv'), renderPlanTable(plan.steps).content);
  let text = '';
  const print = (more: string): void => {
    text += more;
  };
  const report = reportText({ out: print, err: print, isInteractive: false, hasColours: false });
  const given: DestroyOptions = {
    directory,
    isDryRun: false,
    only: [],
    contexts: new Map(),
    typedName: 'demo',
    askForName: null,
    allowHttpCharts: false,
    timeoutSeconds: 1,
    pollMilliseconds: 2,
    parallel: 1,
    answerSeconds: 5,
    holder: 'tester',
    now: () => performance.now(),
    program,
    stop: makeStop(),
    report,
    onPrompt: null,
    ...options,
  };
  try {
    return { code: await destroy(given), text };
  } catch (error) {
    return { code: (error as Error).message, text };
  }
}

/** A world in which the default output was applied to two empty clusters. */
export function appliedWorld(): RemovalWorld {
  const world = new RemovalWorld(['host', 'member']);
  for (const cluster of ['host', 'member']) {
    world.apply(
      cluster,
      recordOf(cluster).objects.filter(({ kind }) => kind === 'Namespace'),
    );
  }
  // KubeFed has brought what the output federates.
  world.bringNamespace('member', 'sample', 'kubefed.io/managed');
  for (const cluster of ['host', 'member']) {
    const { objects } = recordOf(cluster);
    world.apply(
      cluster,
      objects.filter(({ kind }) => kind !== 'Namespace'),
    );
    world.record(cluster, recordOf(cluster));
  }
  const secret = { group: '', kind: 'Secret', namespace: 'istio-system' };
  world.apply('host', [{ ...secret, name: 'istio-remote-secret-member' }]);
  world.add(
    'member',
    {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/service-account-token',
      metadata: {
        name: 'istio-reader-service-account-istio-remote-secret-token',
        namespace: 'istio-system',
        annotations: { 'kubernetes.io/service-account.name': 'istio-reader-service-account' },
      },
    },
    'istioctl',
  );
  for (const name of ['host', 'member']) world.ready('host', name);
  return world;
}
