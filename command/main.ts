#!/usr/bin/env node
import { Console } from 'node:console';
import { config } from 'zod';
import { runProgram } from './program.ts';
import { processTerminal } from './terminal/terminal.ts';

// A schema is used once: compiling it would take longer than reading it.
config({ jitless: true });

// Standard output is for JSON alone: what a user's construct prints goes beside it.
globalThis.console = new Console(process.stderr);

// A user's construct may end the process. Then nothing was done, and that is no success.
let isDone = false;
process.on('exit', () => {
  if (isDone || process.exitCode) return;
  process.stderr.write('something has ended the process before the end: nothing was done\n');
  process.exitCode = 1;
});

// A reader like head may have seen enough. The exit code is still that of the command.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    process.exitCode = 1;
    if (stream === process.stdout) process.stderr.write(`cannot write to standard output: ${message}\n`);
  });

runProgram(process.argv.slice(2), processTerminal()).then(
  (exitCode) => {
    isDone = true;
    // process.exit() would lose text that is still on its way to a pipe.
    process.exitCode ??= exitCode;
  },
  (error: NodeJS.ErrnoException) => {
    if (error.syscall !== 'uv_cwd') throw error;
    process.stderr.write('the working directory does not exist any more: change into another one\n');
    process.exitCode = 1;
  },
);
