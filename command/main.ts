#!/usr/bin/env node
import { runProgram } from './program.ts';
import { processTerminal } from './terminal/terminal.ts';

runProgram(process.argv.slice(2), processTerminal()).then((exitCode) => {
  // Not process.exit(): what was printed to a pipe may still be under way.
  process.exitCode = exitCode;
});
