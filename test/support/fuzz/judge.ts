import { expect } from 'vitest';
import { eventSchema } from '../../../operations/apply/events.ts';
import type { FuzzedCommand } from './commands.ts';
import type { FuzzRun } from './fuzz-run.ts';
import { grammarFor } from './grammar.ts';
import { type Honest, objectOf } from './honest.ts';

// What a terminal obeys, or does not show: everything but lines and tabs. A diff has tabs.
const raw = /[^\P{C}\n\t]|[\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/u;
/** Seconds of simulated time: some conditions and some silent servers, each to its own bound. */
const longestSimulated = 3600;
/** Seconds of real time, on a busy machine. */
const longest = 30;

/** Judges a run of a command, whatever its world was like. */
export function judge(command: FuzzedCommand, run: FuzzRun, honest: Honest): void {
  expect(run.stack).toBe('');
  expect(command.exitCodes).toContain(run.exitCode);
  const isAllowed = grammarFor(run.contexts);
  expect(run.calls.filter((call) => !isAllowed(call))).toEqual([]);
  for (const text of [run.out, run.err, run.log]) expect(raw.exec(text)?.[0]).toBeUndefined();
  expect(run.files.filter((file) => !command.writes.test(file))).toEqual([]);
  expect(run.harmed).toEqual([]);
  expect(unclaimed(command, run, honest)).toEqual([]);
  expect(run.simulatedSeconds).toBeLessThan(longestSimulated);
  expect(run.seconds).toBeLessThan(longest);
}

/** Judges the lines of `--events`. */
export function judgeEvents(out: string): void {
  for (const line of out.split('\n').slice(0, -1))
    expect(eventSchema.safeParse(JSON.parse(line)).error).toBeUndefined();
}

// What istiod writes into every namespace goes with the last istiod, wherever it is.
const ofIstiod = /^\S+ ConfigMap\/[a-z0-9-]+\/istio-ca-(root-cert|crl)$/;

// Changes by kubectl of what nobody claims: neither the plan and the records do, nor what a mutation has put into the output or
// into the record of this very cluster.
function unclaimed(
  { isChanging }: FuzzedCommand,
  { changed, written }: FuzzRun,
  { claimed }: Honest,
): readonly string[] {
  if (!isChanging) return changed;
  return changed.filter((change) => {
    const object = objectOf(change);
    const [context = ''] = object.split(' ');
    const name = object.split('/').at(-1) ?? '';
    const isNamed = written.some((one) => [null, context].includes(one.cluster) && one.text.includes(name));
    return !claimed.has(object) && !isNamed && !ofIstiod.test(object);
  });
}
