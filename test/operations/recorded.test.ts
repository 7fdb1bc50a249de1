import { afterAll, describe, expect, test } from 'vitest';
import { recordedChanges } from './recorded/changes/changes.ts';
import { phasesOf } from './recorded/changes/phases.ts';
import { command } from './recorded/command-actor.ts';
import { type Deed, type Difference, deviationsOf, unexplained } from './recorded/deviations.ts';
import { commandDifferences, serverDifferences } from './recorded/differences.ts';
import { type RecordedOutput, type RecordedRun, readRecording } from './recorded/recording.ts';
import { copyOutput, runScenario } from './recorded/run-scenario.ts';
import { readScenarioRuns } from './recorded/scenario-recording.ts';
import { scenarios } from './recorded/scenarios/all.ts';

const recording = readRecording();
const scripted = new Map(readScenarioRuns().map((run) => [run.id, run]));
const used = new Set<Difference>();

function partsOf(id: string): { readonly run: RecordedRun; readonly output: RecordedOutput; readonly script: Deed } {
  const run = recording.runs.find((one) => one.id === id);
  const output = recording.outputs[run?.output ?? ''];
  const script = scripted.get(id);
  if (run === undefined || output === undefined || script === undefined) throw new Error(`${id} is not recorded`);
  return { run, output, script };
}

describe('the command does what the scripts did on the same servers', () => {
  test.for(scenarios.map((scenario) => [scenario.id, scenario] as const))('%s', async ([id, scenario]) => {
    const { run, output, script } = partsOf(id);
    const ran = await runScenario(scenario, run, command, copyOutput);
    const deviations = deviationsOf(script, ran, phasesOf(run, output));
    expect(unexplained(id, deviations, commandDifferences, used), ran.text).toEqual([]);
  });

  afterAll(() => {
    expect(commandDifferences.filter((one) => !used.has(one))).toEqual([]);
  });
});

describe('the scripts did on servers what they did on recorders', () => {
  test.for(scenarios.map(({ id }) => id))('%s', (id) => {
    const { run, output, script } = partsOf(id);
    const recorded = { exitCode: Number(run.exit), changes: recordedChanges(run, output), state: null };
    const deviations = deviationsOf(recorded, script, phasesOf(run, output));
    expect(unexplained(id, deviations, serverDifferences, used)).toEqual([]);
  });

  afterAll(() => {
    expect(serverDifferences.filter((one) => !used.has(one))).toEqual([]);
  });
});
