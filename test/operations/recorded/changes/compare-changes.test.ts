import { describe, expect, test } from 'vitest';
import { groupBy } from '../../../../constructs/domain/group-by.ts';
import { type RecordedRun, readRecording } from '../recording.ts';
import { type Change, recordedChanges, titleOf } from './changes.ts';
import { compareChanges } from './compare-changes.ts';
import { phasesOf } from './phases.ts';

const recording = readRecording();
const runs = recording.runs.filter(({ script }) => script !== 'verify.sh');

function runOf(id: string): RecordedRun {
  const run = runs.find((one) => one.id === id);
  if (run === undefined) throw new Error(`nothing is recorded of ${id}`);
  return run;
}

function partsOf(run: RecordedRun) {
  const output = recording.outputs[run.output];
  if (output === undefined) throw new Error(`${run.id} has no output`);
  return { changes: recordedChanges(run, output), phaseOf: phasesOf(run, output) };
}

const same = { missing: [], added: [], disordered: [] };

test('every script took the waves in their order', () => {
  // The plan of this run has a directory of one wave in another one.
  const others = runs.filter(({ id }) => id !== 'install 14.1');
  const wrong = others.filter((run) => {
    const { changes, phaseOf } = partsOf(run);
    const phases = changes.flatMap((change) => phaseOf(change) ?? []).filter((phase) => !phase.startsWith('last'));
    return phases.join() !== [...phases].sort().join();
  });
  expect(others.length).toBeGreaterThan(300);
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

describe.each(['apply 1.1', 'destroy 1.1'])('%s', (id) => {
  const { changes, phaseOf } = partsOf(runOf(id));
  const numbered = (all: readonly Change[]): readonly Change[] => all.map((change, call) => ({ ...change, call }));

  test('is the same in another order of the clusters within each wave', () => {
    const waves = [...groupBy(changes, (change) => phaseOf(change) ?? '')].sort(([one], [other]) =>
      one < other ? -1 : 1,
    );
    const byName = (one: Change, other: Change): number =>
      one.cluster > other.cluster ? -1 : one.cluster < other.cluster ? 1 : 0;
    const swapped = waves.flatMap(([, wave]) => [...wave].sort(byName));
    expect(compareChanges(changes, numbered(swapped), phaseOf)).toEqual(same);
  });

  test('is another one backwards', () => {
    expect(compareChanges(changes, numbered([...changes].reverse()), phaseOf).disordered.length).toBeGreaterThan(20);
  });

  test('misses what is not done, and shows what is done besides', () => {
    const other: Change = { cluster: 'host', verb: 'delete', object: 'namespace/theirs', call: 99 };
    const [, left, ...rest] = changes.filter(({ verb }) => verb !== 'record');
    if (left === undefined) throw new Error(`${id} has no changes`);
    const actual = [...changes.filter((change) => titleOf(change) !== titleOf(left)), ...rest, other];
    expect(compareChanges(changes, actual, phaseOf)).toMatchObject({
      missing: [titleOf(left)],
      added: [titleOf(other)],
    });
  });
});

test('a cluster that is changed before its record is noticed', () => {
  const { changes, phaseOf } = partsOf(runOf('apply 1.1'));
  const late = [...changes.filter(({ verb }) => verb !== 'record'), ...changes.filter(({ verb }) => verb === 'record')];
  expect(compareChanges(changes, late, phaseOf).disordered).toEqual([
    'host is changed before its record',
    'member is changed before its record',
  ]);
});
