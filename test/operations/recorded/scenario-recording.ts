import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from './changes/changes.ts';
import type { EndState } from './end-state.ts';

/** What a script did in a scenario. */
export interface ScenarioRun {
  readonly id: string;
  readonly exitCode: number;
  readonly changes: readonly Change[];
  readonly state: EndState;
}

const scenarioFile = join(import.meta.dirname, '../../fixtures/recorded-scenarios.json');

/** A run in the file: its calls as `CLUSTER VERB: OBJECT, OBJECT`, and its state by what another one lacks or has besides. */
interface StoredRun {
  readonly id: string;
  readonly exit: number;
  readonly calls: readonly string[];
  readonly like?: string;
  readonly without: readonly string[];
  readonly with: EndState;
}

/** Reads what the scripts did in the scenarios. The program that recorded it was deleted together with the scripts. */
export function readScenarioRuns(): readonly ScenarioRun[] {
  const { runs } = JSON.parse(readFileSync(scenarioFile, 'utf8')) as { readonly runs: readonly StoredRun[] };
  const states = new Map<string, EndState>();
  return runs.map((run) => {
    const former = Object.entries(states.get(run.like ?? '') ?? {}).filter(([key]) => !run.without.includes(key));
    const state = { ...Object.fromEntries(former), ...run.with };
    states.set(run.id, state);
    return { id: run.id, exitCode: run.exit, changes: run.calls.flatMap(changesOfCall), state };
  });
}

function changesOfCall(text: string, call: number): readonly Change[] {
  const [, cluster = '', verb = '', objects = ''] = /^(\S+) ([^:]+): (.*)$/s.exec(text) ?? [];
  return objects.split(', ').map((object) => ({ cluster, verb, object, call }));
}
