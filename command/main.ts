#!/usr/bin/env node
import { runProgram } from './program.ts';
import { processTerminal } from './terminal/terminal.ts';

runProgram(process.argv.slice(2), processTerminal()).then((exitCode) => {
  // process.exit() would lose text that is still on its way to a pipe.
  process.exitCode = exitCode;
});
