import { UserMistake } from '../../constructs/index.ts';
import { type RunProgram, runProgram } from '../../operations/tools/run-program.ts';
import { type VerifyOptions, verify } from '../../operations/verify/verify.ts';
import type { ClusterOptions } from '../project/cluster-options.ts';
import { type PlaceOptions, placesOf } from '../project/places.ts';
import { showPrompts } from '../terminal/confirm.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { renderJson, renderProblems, renderTable } from './report.ts';

/** The words after `mesh-federation verify`. */
export interface VerifyWords extends PlaceOptions, ClusterOptions {
  readonly calls: number;
  readonly path: string;
  readonly service: readonly string[];
  readonly client?: { readonly namespace: string; readonly name: string };
  readonly only: readonly string[];
  /** Seconds to wait until the endpoints match. */
  readonly timeout: number;
  readonly json?: boolean;
}

/**
 * Runs `mesh-federation verify`, and returns the exit code: 0, 1 if anything is not as expected, or 2 if the output cannot
 * be used, or does not have what is asked for.
 *
 * @param program what runs the programs that it calls
 */
export async function runVerify(
  words: VerifyWords,
  terminal: Terminal,
  program: RunProgram = runProgram,
): Promise<number> {
  try {
    const verdict = await verify(optionsOf(words, terminal, program));
    if (words.json) terminal.out(renderJson(verdict));
    else {
      if (verdict.rows.length > 0) terminal.out(renderTable(verdict.rows));
      terminal.err(renderProblems(verdict.problems));
    }
    return verdict.problems.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    const problem = { problem: error.message, fix: 'mesh-federation verify --help' };
    if (words.json) terminal.out(renderJson({ rows: [], problems: [problem] }));
    else terminal.err(`error: ${error.message}\n`);
    return 2;
  }
}

function optionsOf(words: VerifyWords, terminal: Terminal, program: RunProgram): VerifyOptions {
  return {
    program,
    directory: placesOf(words).directory,
    contexts: words.context,
    only: words.only,
    services: words.service,
    client: words.client ?? null,
    calls: words.calls,
    path: words.path,
    parallel: words.parallel,
    answerSeconds: words.requestTimeout,
    onPrompt: showPrompts(terminal),
    waitSeconds: words.timeout,
    // A reader of JSON gets nothing else.
    say: words.json ? () => {} : (line) => terminal.err(`${line}\n`),
  };
}
