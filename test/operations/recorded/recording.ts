import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A run of a script in a world of its tests, as it was recorded before the scripts were deleted. */
export interface RecordedRun {
  /** The suite, the number of the test in it, and the number of the run in the test: `apply 7.1`. */
  readonly id: string;
  readonly test: string;
  readonly script: 'apply.sh' | 'destroy.sh' | 'verify.sh';
  readonly args: readonly string[];
  readonly interruption?: string;
  readonly atCall?: number;
  /** The servers that keep what they are told, if the test has them. */
  readonly servers?: string;
  readonly output: string;
  /** Rows that the test has taken out of `plan.tsv`, and put into it. */
  readonly plan?: readonly string[];
  readonly world?: string;
  readonly exit: number | 'killed';
  /** `CLUSTER TOOL VERB OBJECT...`, with ` !STATUS` behind a call that failed. */
  readonly calls: readonly string[];
  readonly state?: string;
}

/** The answer of a world to each call that contains a text. */
export interface RecordedAnswer {
  readonly part: string;
  readonly isOnce: boolean;
  readonly status: number;
  readonly text: string;
}

/** What the recorders of a run answer. */
export interface RecordedWorld {
  readonly answers: readonly RecordedAnswer[];
  /** Whether every object exists about which no answer says anything. */
  readonly isFull: boolean;
}

/** An output as the tests had it. */
export interface RecordedOutput {
  readonly plan: readonly string[];
  /** The objects of each directory. */
  readonly directories: Readonly<Record<string, string>>;
}

/** Everything that was recorded. */
export interface Recording {
  readonly runs: readonly RecordedRun[];
  readonly tests: Readonly<Record<string, readonly string[]>>;
  readonly outputs: Readonly<Record<string, RecordedOutput>>;
  readonly worldOf: (run: RecordedRun) => RecordedWorld;
}

type AnswerCells = readonly [part: string, status: number, text?: string];

interface Stored extends Omit<Recording, 'worldOf'> {
  readonly worlds: Readonly<Record<string, { readonly answers: readonly AnswerCells[]; readonly full?: boolean }>>;
  readonly texts: Readonly<Record<string, string>>;
}

/** Reads the recording, with all calls of each run. */
export function readRecording(): Recording {
  const file = join(import.meta.dirname, '../../fixtures/recorded-scripts.json');
  const stored = JSON.parse(readFileSync(file, 'utf8')) as Stored;
  const whole = new Map<string, readonly string[]>();
  const runs = stored.runs.map((run) => {
    const calls = run.calls.flatMap((call) => referred(call, whole));
    whole.set(run.id, calls);
    return { ...run, calls };
  });
  return { runs, tests: stored.tests, outputs: stored.outputs, worldOf: (run) => worldOf(stored, run) };
}

// `= the first 12 of apply 1.1`
function referred(call: string, whole: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const [, count, id] = /^= the first (\d+) of (.*)$/.exec(call) ?? [];
  return id === undefined ? [call] : (whole.get(id) ?? []).slice(0, Number(count));
}

function worldOf({ worlds, texts }: Stored, { world }: RecordedRun): RecordedWorld {
  const { answers = [], full = false } = worlds[world ?? ''] ?? {};
  return {
    answers: answers.map(([part, status, text = '']) => ({
      part: part.replace(/^once: /, ''),
      isOnce: part.startsWith('once: '),
      status,
      text: texts[text] ?? text,
    })),
    isFull: full,
  };
}
