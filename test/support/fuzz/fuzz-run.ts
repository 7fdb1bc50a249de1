import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramCall, ProgramResult, RunProgram } from '../../../operations/tools/run-program.ts';
import { expectedOf } from '../../operations/apply/apply-run.ts';
import { listFiles } from '../files.ts';
import type { Servers } from '../servers/servers.ts';
import type { FuzzedCommand } from './commands.ts';
import { mutateObject, mutateOutput, type Written } from './mutate-scene.ts';
import type { AnswerMutation, Mutation } from './mutations.ts';
import { bystanders, openScene, type Stage } from './scene.ts';

/** What a command did in a world that is not as it should be. */
export interface FuzzRun {
  /** Null if it ended with an exception. */
  readonly exitCode: number | null;
  readonly stack: string;
  /** What it has printed, and its log. */
  readonly out: string;
  readonly err: string;
  readonly log: string;
  /** The contexts of the plan. */
  readonly contexts: readonly string[];
  readonly calls: readonly (readonly string[])[];
  /** What kubectl has changed: `host created Namespace/sample`. */
  readonly changed: readonly string[];
  /** What the mutations have written. */
  readonly written: readonly Written[];
  /** Files that were written, made or deleted. */
  readonly files: readonly string[];
  /** Objects of somebody else that are not as they were. */
  readonly harmed: readonly string[];
  readonly simulatedSeconds: number;
  readonly seconds: number;
}

/** How a run is fuzzed. */
export interface FuzzInputs {
  readonly mutations: readonly Mutation[];
  readonly isJson: boolean;
  /** How many calls the command makes in an honest world: others would hit nothing. */
  readonly honestCalls: number;
  /** What lies between the command and the servers: real programs, for example. @default - nothing */
  readonly between?: (program: RunProgram) => Promise<RunProgram>;
}

/** Runs a command in a copy of a stage, with mutations. */
export async function fuzz(
  stage: Stage,
  command: FuzzedCommand,
  { mutations, isJson, honestCalls, between }: FuzzInputs,
): Promise<FuzzRun> {
  const { project, servers, remove } = openScene(stage, command.isAfterApply);
  try {
    const directory = join(project, 'dist');
    const expected = expectedOf(servers);
    const before = bystandersIn(servers);
    const written = mutations.flatMap((one) => {
      if (one.in === 'output') return mutateOutput(directory, one);
      return one.in === 'object' ? mutateObject(servers, one) : [];
    });
    const files = filesIn(project);
    const calls: (readonly string[])[] = [];
    const lies = mutations.flatMap((one) => (one.in === 'answer' ? { ...one, call: one.call % honestCalls } : []));
    const deceiving = deceive(servers.run, calls, lies);
    const program = between === undefined ? deceiving : await between(deceiving);
    const texts: Record<'out' | 'err', string[]> = { out: [], err: [] };
    const terminal = {
      out: (text: string) => void texts.out.push(text),
      err: (text: string) => void texts.err.push(text),
      isInteractive: false,
      hasColours: false,
    };
    const began = performance.now();
    const ended = await command
      .run({
        federation: stage.federation,
        declaration: stage.declaration,
        project,
        servers,
        program,
        terminal,
        isJson,
        expected,
      })
      .then(
        (exitCode) => ({ exitCode, stack: '' }),
        (error: unknown) => ({ exitCode: null, stack: error instanceof Error ? (error.stack ?? '') : String(error) }),
      );
    return {
      ...ended,
      out: texts.out.join(''),
      err: texts.err.join(''),
      log: existsSync(join(project, 'log')) ? readFileSync(join(project, 'log'), 'utf8') : '',
      contexts: contextsIn(directory),
      calls,
      changed: servers.calls.flatMap(({ program: name, changed }) => (name === 'kubectl' ? changed : [])),
      written,
      files: differencesOf(files, filesIn(project)),
      harmed: differencesOf(before, bystandersIn(servers)),
      simulatedSeconds: servers.clock.now() / 1000,
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    remove();
  }
}

// Answers that are not those of the servers. A program itself never throws.
function deceive(run: RunProgram, calls: (readonly string[])[], mutations: readonly AnswerMutation[]): RunProgram {
  const alike = new Map<AnswerMutation, string>();
  return async (call) => {
    const index = calls.push([call.program, ...call.args]) - 1;
    const words = calls[index]?.join('\0') ?? '';
    const hitting = mutations.filter((one) => {
      if (index === one.call) alike.set(one, words);
      if (one.scope === 'after') return index >= one.call;
      return one.scope === 'alike' ? alike.get(one) === words : index === one.call;
    });
    const isDone = hitting.every((one) => one.isDone);
    const honest = isDone ? await honestly(run, call) : ended('{}');
    return hitting.reduce((answer, one) => one.answer(answer), honest);
  };
}

async function honestly(run: RunProgram, call: ProgramCall): Promise<ProgramResult> {
  try {
    return await run(call);
  } catch (error) {
    return ended('', 1, `panic: ${String(error)}\n`);
  }
}

const ended = (stdout: string, exitCode = 0, stderr = ''): ProgramResult => ({
  kind: 'ended',
  exitCode,
  stdout,
  stderr,
});

function contextsIn(directory: string): readonly string[] {
  try {
    const { steps } = JSON.parse(readFileSync(join(directory, 'plan.json'), 'utf8')) as {
      steps: { target: { kubeContext: unknown } }[];
    };
    const contexts = steps.flatMap(({ target: { kubeContext } }) =>
      typeof kubeContext === 'string' ? kubeContext : [],
    );
    return [...new Set(contexts)].filter((one) => /^(?!-)[^\p{C}\p{Zl}\p{Zp}]{1,500}$/u.test(one));
  } catch {
    return [];
  }
}

function bystandersIn({ world }: Servers): ReadonlyMap<string, string> {
  return new Map(
    [...world.clusters.values()].flatMap(({ context, server }) =>
      bystanders.map((one): [string, string] => [
        `${context} ${one.kind} ${one.metadata.namespace ?? ''} ${one.metadata.name}`,
        JSON.stringify(server.find(server.placeOf(one)) ?? null),
      ]),
    ),
  );
}

function filesIn(project: string): ReadonlyMap<string, string> {
  const here = readdirSync(process.cwd()).map((name): [string, string] => [join(process.cwd(), name), '']);
  const own = listFiles(project).map((path): [string, string] => {
    const { size, mtimeMs, mode } = lstatSync(join(project, path));
    return [path, `${size} ${mtimeMs} ${mode}`];
  });
  return new Map([...here, ...own]);
}

function differencesOf(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
}
