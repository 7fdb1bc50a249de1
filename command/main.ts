#!/usr/bin/env node
import { runProgram } from './program.ts';
import { processTerminal } from './terminal/terminal.ts';

// A reader like head may have seen enough. The exit code is still that of the command.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

runProgram(process.argv.slice(2), processTerminal()).then((exitCode) => {
  // process.exit() would lose text that is still on its way to a pipe.
  process.exitCode = exitCode;
});
