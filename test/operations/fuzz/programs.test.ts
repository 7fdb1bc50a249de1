import fc from 'fast-check';
import { describe, onTestFinished, test } from 'vitest';
import { type RunProgram, runProgram } from '../../../operations/tools/run-program.ts';
import { commands } from '../../support/fuzz/commands.ts';
import { fuzz } from '../../support/fuzz/fuzz-run.ts';
import { runHonestly } from '../../support/fuzz/honest.ts';
import { judge } from '../../support/fuzz/judge.ts';
import { mutations } from '../../support/fuzz/mutations.ts';
import { makeStage } from '../../support/fuzz/scene.ts';
import { binDirectory, listen } from '../../support/servers/process/listen.ts';

// Fewer than in one process: each call starts a program.
const runs = Math.ceil(Number(process.env.FUZZ_RUNS ?? '1') / 10);
// A failure is shown as it is: making it smaller takes longer than a test may.
const seed = Number(process.env.FUZZ_SEED ?? '1');

const path = process.env.PATH;

/** Puts real programs, found by the PATH, between a command and its servers. */
async function throughPrograms(program: RunProgram): Promise<RunProgram> {
  const { environment, close } = await listen(program);
  Object.assign(process.env, { ...environment, PATH: `${binDirectory}:${path}` });
  onTestFinished(async () => {
    process.env.PATH = path;
    delete process.env.SERVERS_PORT;
    await close();
  });
  return runProgram;
}

describe('through real programs', () => {
  const short = commands.filter(({ name }) => ['destroy --dry-run', 'status --objects', 'discover'].includes(name));

  test.each(short)('$name stays within the grammar', { timeout: 60_000 + runs * 60_000 }, async (command) => {
    const stage = await makeStage(0);
    const known = (await runHonestly(stage, [command])).get(command.name);
    if (known === undefined) throw new Error(`${command.name} was not run`);
    const honestCalls = known.run.calls.length;
    await fc.assert(
      fc.asyncProperty(mutations, fc.boolean(), async (all, isJson) => {
        judge(
          command,
          await fuzz(stage, command, { mutations: all, isJson, honestCalls, between: throughPrograms }),
          known,
        );
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
  });
});
