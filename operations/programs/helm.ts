import { z } from 'zod';
import { parseJson } from '../../constructs/domain/json/parse-json.ts';
import { Failure } from '../clusters/failure.ts';
import type { Problem } from '../clusters/problem.ts';
import type { Tell } from '../run/run.ts';
import type { RunProgram } from '../tools/run-program.ts';
import type { Stop } from '../tools/stop.ts';
import { outputOf, showLines } from './said.ts';

/** Seconds that helm has besides those for which it waits: to fetch a chart, for example. */
const ownSeconds = 120;

/** A release of a chart in a cluster. */
export interface Release {
  readonly cluster: string;
  readonly context: string;
  readonly namespace: string;
  readonly release: string;
}

/** Inputs of an upgrade. */
export interface Upgrade extends Release {
  /** The chart, as words for helm. */
  readonly chart: readonly string[];
  /** The text of a file of values. */
  readonly values: string;
  /** Values that were not known at synth. */
  readonly lateValues: readonly string[];
  readonly timeoutSeconds: number;
}

/** Installs or upgrades a release. */
export async function upgradeRelease(run: RunProgram, upgrade: Upgrade, tell: Tell): Promise<void> {
  const { cluster, release, chart, values, lateValues, timeoutSeconds } = upgrade;
  const result = await run({
    program: 'helm',
    args: [
      'upgrade',
      '--install',
      release,
      ...chart,
      ...placeOf(upgrade),
      '--values=-',
      `--timeout=${timeoutSeconds}s`,
      ...lateValues.flatMap((value) => ['--set', value]),
    ],
    input: values,
    timeoutSeconds: timeoutSeconds + ownSeconds,
  });
  showLines(outputOf(result, `helm upgrade of ${release} on ${cluster}`, tell), tell);
}

const statusSchema = z.object({ info: z.object({ status: z.string().regex(/^[a-z-]{1,40}$/) }) });

/** The state of a release, such as `deployed`; null if there is none. */
export async function stateOf(run: RunProgram, release: Release): Promise<string | null> {
  const args = ['status', release.release, ...placeOf(release), '--output=json'];
  const result = await run({ program: 'helm', args, timeoutSeconds: ownSeconds });
  if (result.kind !== 'ended' || result.exitCode !== 0) return null;
  return statusSchema.safeParse(parseJson(result.stdout)).data?.info.status ?? null;
}

/** How an unfinished change of a release is awaited, and taken back. */
export interface Recovery {
  readonly stop: Stop;
  readonly pollMilliseconds: number;
  readonly timeoutSeconds: number;
}

/** Seconds that the helm of a killed run has to finish. */
const patience = 60;

/**
 * Takes an unfinished change of a release back, which a killed run has left: helm refuses every other change then. That helm
 * may still run, so it gets a minute to finish.
 */
export async function recoverRelease(run: RunProgram, release: Release, recovery: Recovery, tell: Tell): Promise<void> {
  const polls = Math.ceil((patience * 1000) / recovery.pollMilliseconds);
  let state = await stateOf(run, release);
  for (let poll = 0; poll < polls && state?.startsWith('pending-'); poll += 1) {
    if (poll === 0) tell(`release ${release.release} is ${state}: an earlier run may still be at work`);
    await recovery.stop.sleep(recovery.pollMilliseconds);
    if (recovery.stop.reason() !== null) throw new Failure(stillPending(release, state), 'stopped');
    state = await stateOf(run, release);
  }
  if (!state?.startsWith('pending-')) return;
  const words = state === 'pending-install' ? ['uninstall', release.release, '--wait'] : ['rollback', release.release];
  tell(`release ${release.release} is still ${state}: helm ${words[0]}`);
  const args = [...words, ...placeOf(release), `--timeout=${recovery.timeoutSeconds}s`];
  const result = await run({ program: 'helm', args, timeoutSeconds: recovery.timeoutSeconds + ownSeconds });
  outputOf(result, `helm ${words[0]} of ${release.release} on ${release.cluster}`, tell);
}

const stillPending = ({ cluster, release }: Release, state: string): Problem => ({
  problem: `${cluster}: stopped while release ${release} was ${state}`,
  fix: 'run it again',
});

/** The CustomResourceDefinitions of a chart, as text. */
export async function showDefinitions(run: RunProgram, chart: readonly string[], tell: Tell): Promise<string> {
  const result = await run({ program: 'helm', args: ['show', 'crds', ...chart], timeoutSeconds: ownSeconds });
  return outputOf(result, 'helm show crds', tell);
}

/** The objects of a chart, as text. It may hold keys. */
export async function renderChart(run: RunProgram, words: readonly string[], tell: Tell): Promise<string> {
  // A hook of a chart would need another image, and only repeats settings.
  const result = await run({ program: 'helm', args: ['template', ...words, '--no-hooks'], timeoutSeconds: ownSeconds });
  return outputOf(result, 'helm template', tell);
}

function placeOf({ context, namespace }: Release): readonly string[] {
  return [`--namespace=${namespace}`, `--kube-context=${context}`];
}
