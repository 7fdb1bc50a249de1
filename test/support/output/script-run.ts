import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** The actions of a script, with recorders in place of kubectl, istioctl and helm. */
export interface ScriptRun {
  readonly status: number | null;
  readonly stderr: string;
  /** Every call in any order, with its exact program and arguments. */
  readonly calls: readonly (readonly string[])[];
  /** Files below the directory from which the script was called. */
  readonly files: readonly string[];
}

/** The call of a script. */
export interface ScriptCall {
  readonly script: string;
  readonly options: readonly string[];
  /** Name of the output's directory. @default 'out' */
  readonly directory?: string;
  /** Files that must exist. @default {} */
  readonly files?: Readonly<Record<string, string>>;
  /** Change of `plan.tsv` before the call. @default - nothing */
  readonly changePlan?: (plan: string) => string;
  /** Answers to calls that contain the key. @default {} */
  readonly answers?: Readonly<Record<string, string>>;
}

// Each call goes into a separate file, with zero bytes between its words, since no argument contains one. Then the
// usual recorder runs.
const recorder = `#!/usr/bin/env bash
printf '%s\\0' "\${0##*/}" "$@" >"$CALLS/$$"
exec "$RECORDERS/\${0##*/}" "$@"
`;

/** Calls a script of dist/ in an empty directory, which is removed when the script has ended. */
export function runScript(call: ScriptCall): ScriptRun {
  const sandbox = mkdtempSync(join(tmpdir(), 'mesh-federation-script-'));
  try {
    return runIn(sandbox, call);
  } finally {
    rmSync(sandbox, { recursive: true });
  }
}

function runIn(sandbox: string, call: ScriptCall): ScriptRun {
  const { script, options, directory = 'out', files = {}, changePlan, answers = {} } = call;
  const [bin, world, here] = ['bin', 'world', 'here'].map((name) => join(sandbox, name)) as [string, string, string];
  for (const path of [bin, world, here]) mkdirSync(path);
  for (const program of ['kubectl', 'istioctl', 'helm']) {
    writeFileSync(join(bin, program), recorder);
    chmodSync(join(bin, program), 0o755);
  }
  for (const [index, [part, answer]] of Object.entries(answers).entries()) {
    writeFileSync(join(world, `${index}.0`), `${part}\n${answer}`);
  }
  const output = join(here, directory);
  cpSync(join(root, 'dist'), output, { recursive: true });
  const plan = join(output, 'plan.tsv');
  if (changePlan !== undefined) writeFileSync(plan, changePlan(readFileSync(plan, 'utf8')));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(here, path, '..'), { recursive: true });
    writeFileSync(join(here, path), content);
  }
  const places = { CALLS: join(sandbox, 'calls'), RECORD: join(sandbox, 'record'), WORLD: world };
  mkdirSync(places.CALLS);
  writeFileSync(places.RECORD, '');
  const { status, stderr } = spawnSync(join(output, script), options, {
    cwd: here,
    encoding: 'utf8',
    env: {
      ...process.env,
      ...places,
      PATH: `${bin}:${process.env.PATH}`,
      RECORDERS: join(root, 'test/scripts/support/bin'),
    },
  });
  const ownFiles = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !path.startsWith(directory),
  );
  return { status, stderr, calls: readCalls(places.CALLS), files: ownFiles };
}

function readCalls(directory: string): readonly (readonly string[])[] {
  return readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8').split('\0').slice(0, -1));
}
