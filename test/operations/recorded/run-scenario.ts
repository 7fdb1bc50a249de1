import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlanJson } from '../../../constructs/delivery/tables/plan-json.ts';
import { renderPlanTable } from '../../../constructs/delivery/tables/plan-table.ts';
import { runCommand } from '../../support/run-command.ts';
import type { ServerCall } from '../../support/servers/calls.ts';
import { listen } from '../../support/servers/process/listen.ts';
import { makeServers, type Servers } from '../../support/servers/servers.ts';
import { makeCertificates } from './certificates.ts';
import type { Change } from './changes/changes.ts';
import { type EndState, endStateOf } from './end-state.ts';
import type { RecordedRun } from './recording.ts';
import type { Scenario, Scene } from './scenario.ts';
import { clustersOf } from './scenario-clusters.ts';
import { changesOf } from './server-changes.ts';

/** A script or a command that runs in a scenario. */
export interface Actor {
  /** Returns its exit code. `script` is `apply.sh` or `destroy.sh`. */
  readonly run: (script: string, args: readonly string[], place: ActorPlace) => Promise<Ended>;
}

/** Where an actor runs. */
export interface ActorPlace {
  /** Directory of the output. */
  readonly directory: string;
  /** A directory with the certificates in `ca`. */
  readonly here: string;
  /** Its programs ask the servers. */
  readonly environment: Readonly<Record<string, string>>;
  readonly servers: Servers;
}

/** How an actor ended. */
export interface Ended {
  readonly exitCode: number;
  readonly text: string;
}

/** What an actor did in a scenario. */
export interface Ran extends Ended {
  readonly changes: readonly Change[];
  readonly state: EndState;
  readonly calls: readonly ServerCall[];
}

/** Directory of an output of the repository. */
export type OutputOf = (name: string, directory: string) => Promise<void>;

const root = join(import.meta.dirname, '../../..');

/** Copies an output of this repository. */
export async function copyOutput(name: string, directory: string): Promise<void> {
  if (name === 'leaving') return synthLeaving(directory);
  cpSync(join(root, name === 'default' ? 'dist' : `test/golden/${name}`), directory, { recursive: true });
}

// The default declaration, in which the member leaves and no workload names it any more.
async function synthLeaving(directory: string): Promise<void> {
  const project = `${directory}-project`;
  cpSync(join(root, 'workloads'), join(project, 'workloads'), { recursive: true });
  const text = readFileSync(join(root, 'federation.yaml'), 'utf8').replace(/ {4}overrides:\n[\s\S]*?\n(?=\n)/, '');
  const leaving = text.replace('    role: member\n', '    role: member\n    state: leaving\n');
  writeFileSync(join(project, 'federation.yaml'), leaving);
  const { status, err } = await runCommand(['synth', '-f', join(project, 'federation.yaml'), '-o', directory]);
  if (status !== 0) throw new Error(err);
}

/** Lets an actor do in a scenario what was recorded. */
export async function runScenario(
  scenario: Scenario,
  recorded: RecordedRun,
  actor: Actor,
  outputOf: OutputOf,
): Promise<Ran> {
  const here = mkdtempSync(join(tmpdir(), 'mesh-federation-scenario-'));
  try {
    return await runIn(here, { scenario, recorded, actor, outputOf });
  } finally {
    rmSync(here, { recursive: true });
  }
}

interface Props {
  readonly scenario: Scenario;
  readonly recorded: RecordedRun;
  readonly actor: Actor;
  readonly outputOf: OutputOf;
}

async function runIn(here: string, props: Props): Promise<Ran> {
  const { scenario, recorded, actor, outputOf } = props;
  const { output = 'default', applied, versions = {} } = scenario;
  const directory = join(here, 'output');
  await outputOf(applied ?? output, directory);
  const { root: pem } = makeCertificates(join(here, 'ca'), ['host', 'member']);
  const contexts = contextsOf(directory, scenario.args ?? recorded.args);
  const servers = makeServers(describe(scenario, pem, contexts), { versions });
  const listening = await listen(servers.run);
  const place = { directory, here, environment: listening.environment, servers };
  try {
    if (applied !== undefined) await applyBefore(props, place, contexts);
    if (applied !== undefined && applied !== output) {
      rmSync(directory, { recursive: true });
      await outputOf(output, directory);
    }
    scenario.before?.({ servers, editPlan: editPlanOf(directory) });
    servers.settle();
    servers.setOnCall(scenario.onCall);
    const first = servers.calls.length;
    const ended = await actor.run(recorded.script, scenario.args ?? recorded.args.map(localWord), place);
    const calls = servers.calls.slice(first);
    const clusterOf = (context: string): string => [...contexts].find(([, one]) => one === context)?.[0] ?? context;
    const state = endStateOf(servers.snapshot(), clusterOf);
    return { ...ended, calls, changes: changesOf(calls, clusterOf), state };
  } finally {
    await listening.close();
  }
}

// With the contexts of the run itself, whatever it does with them.
async function applyBefore(
  { scenario, actor }: Props,
  place: ActorPlace,
  contexts: ReadonlyMap<string, string>,
): Promise<void> {
  const words = [...contexts].flatMap(([name, context]) => ['--context', `${name}=${context}`]);
  const cacerts = scenario.cacerts === 'apply' ? ['--cacerts', 'ca'] : [];
  const { exitCode, text } = await actor.run('apply.sh', ['--yes', '--timeout', '20', ...words, ...cacerts], place);
  if (exitCode !== 0) throw new Error(`${scenario.id}: the apply before it ends with ${exitCode}: ${text}`);
}

const localWord = (word: string): string => word.replace(/^TEMPORARY\//, '');

function describe(scenario: Scenario, pem: string, contexts: ReadonlyMap<string, string>) {
  const descriptions = Object.entries(clustersOf(scenario, pem));
  return Object.fromEntries(descriptions.map(([name, description]) => [contexts.get(name) ?? name, description]));
}

// Those of the plan, or of the words of the run, unless these swap them.
function contextsOf(directory: string, args: readonly string[]): ReadonlyMap<string, string> {
  const rows = readFileSync(join(directory, 'plan.tsv'), 'utf8').trimEnd().split('\n').slice(1);
  const contexts = new Map(
    rows.map((row) => row.split('\t')).map(([, cluster = '', context = '']) => [cluster, context]),
  );
  for (const [index, word] of args.entries()) {
    const [cluster = '', context = ''] = word.split(/=(.*)/s);
    if (args[index - 1] === '--context' && context !== '' && ![...contexts.values()].includes(context))
      contexts.set(cluster, context);
  }
  return contexts;
}

function editPlanOf(directory: string): Scene['editPlan'] {
  return (change) => {
    const file = join(directory, 'plan.json');
    const plan = JSON.parse(readFileSync(file, 'utf8')) as PlanJson;
    const steps = plan.steps.map(change);
    writeFileSync(file, JSON.stringify({ ...plan, steps }));
    writeFileSync(join(directory, 'plan.tsv'), renderPlanTable(steps).content);
  };
}
