import { join } from 'node:path';
import { reportText as reportApply } from '../../../command/apply/report.ts';
import { reportText as reportDestroy } from '../../../command/destroy/report.ts';
import { runDiscover } from '../../../command/discover/run-discover.ts';
import { reportJson } from '../../../command/project/event-lines.ts';
import { openLog } from '../../../command/project/program-log.ts';
import { runStatus } from '../../../command/status/run-status.ts';
import type { Terminal } from '../../../command/terminal/terminal.ts';
import { runVerify } from '../../../command/verify/run-verify.ts';
import { UserMistake } from '../../../constructs/model/problems/problem.ts';
import { apply } from '../../../operations/apply/apply.ts';
import { destroy } from '../../../operations/destroy/destroy.ts';
import type { RunProgram } from '../../../operations/tools/run-program.ts';
import { simulatedStop } from '../../operations/apply/apply-run.ts';
import type { Servers } from '../servers/servers.ts';

/** What a command gets in a run. */
export interface Given {
  /** Directory of the declaration. The output is in its `dist`. */
  readonly project: string;
  readonly federation: string;
  readonly declaration: string;
  readonly servers: Servers;
  readonly program: RunProgram;
  readonly terminal: Terminal;
  /** Whether it prints for programs, if it can. */
  readonly isJson: boolean;
  /** The UIDs of the clusters. */
  readonly expected: ReadonlyMap<string, string>;
}

/** A whole command. */
export interface FuzzedCommand {
  readonly name: string;
  /** Whether the output was applied before. */
  readonly isAfterApply: boolean;
  readonly exitCodes: readonly number[];
  /** Files that it may write. */
  readonly writes: RegExp;
  /** Whether it may change clusters. */
  readonly isChanging: boolean;
  readonly run: (given: Given) => Promise<number>;
}

const common = { parallel: 2, requestTimeout: 5, context: new Map<string, string>() };
const places = ({ project, declaration }: Given) => ({
  file: join(project, declaration),
  output: join(project, 'dist'),
});

type Mode = Parameters<typeof apply>[0]['mode'];

const applying = (mode: Mode, prunes: boolean) => (given: Given) =>
  changing(given, (program) =>
    apply({
      ...bounds(given, program),
      mode,
      ...{
        from: null,
        to: null,
        canary: null,
        cacertsDirectory: null,
        deadlineSeconds: null,
        renamedFrom: null,
        confirm: null,
      },
      expected: given.expected,
      prunes,
      forceConflicts: false,
      report: given.isJson
        ? reportJson(given.terminal)
        : reportApply(given.terminal, (wave) => `mesh-federation apply --from ${wave}`),
    }),
  );

const destroying = (isDryRun: boolean) => (given: Given) =>
  changing(given, (program) =>
    destroy({
      ...bounds(given, program),
      isDryRun,
      typedName: given.federation,
      askForName: null,
      report: given.isJson ? reportJson(given.terminal) : reportDestroy(given.terminal),
    }),
  );

function bounds(given: Given, program: RunProgram) {
  const { servers } = given;
  return {
    directory: places(given).output,
    only: [],
    contexts: common.context,
    timeoutSeconds: 20,
    pollMilliseconds: 2000,
    parallel: common.parallel,
    answerSeconds: common.requestTimeout,
    allowHttpCharts: false,
    holder: 'tester@here',
    now: () => servers.clock.now(),
    onPrompt: null,
    program,
    stop: simulatedStop(servers),
  };
}

// As the commands do it, with a log. Their own one would run real programs, and wait by the clock of this machine.
async function changing({ project, program, terminal }: Given, act: (program: RunProgram) => Promise<number>) {
  const log = openLog(join(project, 'log'), program);
  try {
    return await act(log.program);
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    terminal.err(`error: ${error.message}\n`);
    return 2;
  } finally {
    log.close();
  }
}

const verifying = { calls: 3, path: '/', service: [], only: [], timeout: 0 };
const ofChanging = { exitCodes: [0, 1, 2, 3, 4, 5], writes: /^log$/, isChanging: true };
const ofReading = { writes: /^(?!)/, isChanging: false };

/** The commands, with the words that make them do most. */
export const commands: readonly FuzzedCommand[] = [
  { name: 'apply', isAfterApply: false, ...ofChanging, run: applying('apply', false) },
  { name: 'apply --prune, again', isAfterApply: true, ...ofChanging, run: applying('apply', true) },
  { name: 'apply --diff', isAfterApply: true, ...ofChanging, isChanging: false, run: applying('diff', false) },
  { name: 'apply --dry-run', isAfterApply: false, ...ofChanging, isChanging: false, run: applying('dry-run', false) },
  { name: 'destroy', isAfterApply: true, ...ofChanging, run: destroying(false) },
  { name: 'destroy --dry-run', isAfterApply: true, ...ofChanging, isChanging: false, run: destroying(true) },
  {
    name: 'status --objects',
    isAfterApply: true,
    ...ofReading,
    exitCodes: [0, 1, 2, 3],
    run: (given) =>
      runStatus({ ...common, ...places(given), objects: true, json: given.isJson }, given.terminal, given.program),
  },
  {
    name: 'verify',
    isAfterApply: true,
    ...ofReading,
    exitCodes: [0, 1, 2],
    run: (given) =>
      runVerify({ ...common, ...places(given), ...verifying, json: given.isJson }, given.terminal, given.program),
  },
  {
    name: 'discover',
    isAfterApply: true,
    ...ofReading,
    writes: /^(examples\/)?(federation|helm)\.lock\.yaml$/,
    exitCodes: [0, 1],
    run: (given) => runDiscover({ ...common, ...places(given) }, given.terminal, given.program),
  },
];
