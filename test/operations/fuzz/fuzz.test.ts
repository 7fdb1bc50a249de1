import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../support/fuzz/commands.ts';
import { fuzz } from '../../support/fuzz/fuzz-run.ts';
import { type Honest, runHonestly } from '../../support/fuzz/honest.ts';
import { judge, judgeEvents } from '../../support/fuzz/judge.ts';
import { mutations } from '../../support/fuzz/mutations.ts';
import { makeStage, type Stage } from '../../support/fuzz/scene.ts';

/** Runs of each command in each world. More of them come with `FUZZ_RUNS`, and other ones with `FUZZ_SEED`. */
const runs = Number(process.env.FUZZ_RUNS ?? '3');
// A failure is shown as it is: making it smaller takes longer than a test may.
const seed = Number(process.env.FUZZ_SEED ?? '1');
// The second output has no workloads, so there is nothing that verify could check.
const worlds = [
  { world: 'the default output', index: 0, done: commands },
  { world: 'the output that installs everything', index: 1, done: commands.filter(({ name }) => name !== 'verify') },
];

describe.each(worlds)('with $world', ({ index, done }) => {
  let stage: Stage;
  let honest: ReadonlyMap<string, Honest>;
  beforeAll(async () => {
    stage = await makeStage(index);
    honest = await runHonestly(stage, done);
  });

  test.each(done)('$name stays within the grammar', { timeout: 60_000 + runs * 10_000 }, async (command) => {
    const known = honest.get(command.name);
    if (known === undefined) throw new Error(`${command.name} was not run`);
    // Otherwise the lies would be told to a command that does little.
    expect([0, 3]).toContain(known.run.exitCode);
    judge(command, known.run, known);
    await fc.assert(
      fc.asyncProperty(mutations, fc.boolean(), async (all, isJson) => {
        const run = await fuzz(stage, command, { mutations: all, isJson, honestCalls: known.run.calls.length });
        judge(command, run, known);
        if (isJson && command.writes.test('log')) judgeEvents(run.out);
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
  });
});
