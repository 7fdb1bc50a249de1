import { Command, CommanderError } from 'commander';
import { addApply } from './apply/command.ts';
import { addDestroy } from './destroy/command.ts';
import { addDiscover } from './discover/command.ts';
import { addInit } from './init/command.ts';
import { ownPackage } from './project/own-package.ts';
import { addStatus } from './status/command.ts';
import { addSynth } from './synth/command.ts';
import type { Terminal } from './terminal/terminal.ts';
import { addVerify } from './verify/command.ts';

const exitCodes = `
Exit codes:
  0  all is well
  1  a mistake in the input, a stale output with --check, or a cluster or mesh that is not as it should be
  2  wrong use: an unknown word or option; for the commands that act on clusters also an output that cannot be used

The help of apply, status and destroy tells their further ones.`;

/**
 * Runs the command.
 *
 * @param words after `mesh-federation`
 * @returns the exit code: 0, 1 for a mistake in the input, 2 for wrong use
 */
export async function runProgram(words: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const end = (code: number): void => {
    exitCode = code;
  };
  const program = makeProgram(terminal);
  addInit(program, terminal, end);
  addSynth(program, terminal, end);
  addApply(program, terminal, end, words);
  addDestroy(program, terminal, end);
  addDiscover(program, terminal, end);
  addStatus(program, terminal, end);
  addVerify(program, terminal, end);
  try {
    await program.parseAsync(withoutHelpOfNothing(program, words), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Asking for help or for the version is no mistake. Calling without a command is.
    return error.exitCode === 0 ? 0 : 2;
  }
  return exitCode;
}

// `help` of an unknown word would print the general help: so the word itself is refused.
function withoutHelpOfNothing(program: Command, words: readonly string[]): readonly string[] {
  const [first, second] = words;
  const isKnown = program.commands.some((command) => command.name() === second);
  return first === 'help' && second !== undefined && !isKnown ? [second] : words;
}

function makeProgram({ out, err }: Terminal): Command {
  return new Command('mesh-federation')
    .description('One declaration of a federation of Kubernetes clusters becomes static YAML for each of them.')
    .version(ownPackage().version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureOutput({ writeOut: out, writeErr: err })
    .showHelpAfterError('(mesh-federation --help lists the commands and their options)')
    .exitOverride()
    .addHelpText('after', exitCodes);
}
