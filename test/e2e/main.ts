import { alone } from './build/alone.ts';
import { withSubstitutes } from './build/chosen.ts';
import { up } from './clusters/up.ts';
import type { Environment, Synthesized } from './environment.ts';
import { refuseWhenBusy, removeLeftovers } from './machine/leftovers.ts';
import { LOGS } from './machine/paths.ts';
import { say } from './machine/wait.ts';
import { chooseModules, rowsFor } from './runner/choose.ts';
import { bringUp, existingEnvironment, formToPrepare, type Group, groupsOf, substitutesOf } from './runner/groups.ts';
import { keepLogs } from './runner/logs.ts';
import { type Options, parseOptions } from './runner/options.ts';
import { requirePlatform } from './runner/platform.ts';
import { modulesFor, prepare, prepareTools } from './runner/prepare.ts';
import { report, whatToTry } from './runner/report.ts';
import { removeOnce, removeOnSignals } from './runner/signals.ts';
import { type Outcome, runSuite, secondsSince } from './runner/suites.ts';
import { outputsOf, synthesizeFor } from './runner/synthesize.ts';
import { cluster } from './tables/clusters.ts';
import { MODULES, MODULES_OF_UP } from './tables/modules.ts';

const COMMANDS: Readonly<Record<Options['command'], (options: Options) => Promise<boolean>>> = {
  build: async () => {
    await requirePlatform();
    const all = MODULES.map((row) => row.name);
    await alone(() => chooseModules(all));
    await prepare('nodes', all);
    return true;
  },
  up: async (options) => {
    await requirePlatform();
    const form = options.light ? 'light' : 'nodes';
    await alone(() => chooseModules(modulesFor(form, MODULES_OF_UP)));
    await prepare(form, MODULES_OF_UP);
    await orRemove(() => up(options.clusters.map(cluster), form));
    process.stderr.write(whatToTry(options.clusters));
    return true;
  },
  down: async () => {
    await requirePlatform();
    refuseWhenBusy();
    await removeLeftovers();
    say('nothing of ours is left on this machine');
    return true;
  },
  run: async (options) => {
    if (!options.existing) await requirePlatform();
    const outcomes: Outcome[] = [];
    const groups = groupsOf(options.suites, options.light);
    // Before synthesis, because the programs of a suite determine the version of its output.
    await alone(() => chooseModules(groups.flatMap((group) => rowsFor(group, options.existing))));
    for (const { group, outputs } of await synthesizeFor(groups)) {
      const run = options.existing ? runOnExisting : runGroup;
      outcomes.push(...(await withSubstitutes(substitutesOf(group), () => run(group, outputs, options))));
    }
    process.stderr.write(report(outcomes));
    return outcomes.length > 0 && outcomes.every((outcome) => outcome.passed);
  },
};

async function runGroup(group: Group, outputs: readonly Synthesized[], options: Options): Promise<Outcome[]> {
  const form = formToPrepare(group);
  if (form !== undefined)
    await prepare(
      form,
      group.suites.flatMap((suite) => suite.modules),
    );
  // Suites without clusters start and kill their own runners.
  if (group.form === 'none') return runSuites(group, { form: 'none', clusters: [], synthesized: outputs });
  return orRemove(async () => {
    const began = Date.now();
    const environment = await bringUp(group, outputs, options);
    const outcomes = await runSuites(group, environment);
    keepLogs();
    if (options.keep) process.stderr.write(whatToTry(environment.clusters.map((one) => one.name)));
    else await removeOnce();
    // Clusters for a single suite are part of the suite's cost.
    return group.mesh === undefined ? outcomes : outcomes.map((one) => ({ ...one, seconds: secondsSince(began) }));
  });
}

async function runSuites(group: Group, environment: Environment): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const suite of group.suites) {
    outcomes.push(await runSuite(suite, { ...environment, synthesized: outputsOf(suite, environment.synthesized) }));
  }
  return outcomes;
}

async function runOnExisting(group: Group, outputs: readonly Synthesized[], options: Options): Promise<Outcome[]> {
  await prepareTools(group.suites.flatMap((suite) => suite.modules));
  return runSuites(group, existingEnvironment(group, outputs, options));
}

/** Does the work on this machine. On failure it keeps the logs, removes everything and passes the failure on. */
async function orRemove<T>(work: () => Promise<T>): Promise<T> {
  // Before anything is removed: the clusters may belong to another runner.
  refuseWhenBusy();
  removeOnSignals();
  try {
    return await work();
  } catch (error) {
    keepLogs();
    await removeOnce();
    throw error;
  }
}

try {
  const options = parseOptions(process.argv.slice(2));
  const passed = await COMMANDS[options.command](options);
  process.exitCode = passed ? 0 : 1;
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\nlogs of the servers: ${LOGS}\n`);
  process.exitCode = 1;
}
