import { Failure } from '../clusters/failure.ts';
import { shown } from '../clusters/problem.ts';
import type { RunProgram } from '../tools/run-program.ts';

/** A call of istioctl, helm or kubefedctl. */
export interface ToolCall {
  readonly tool: 'istioctl' | 'helm' | 'kubefedctl';
  readonly args: readonly string[];
  readonly input?: string;
  readonly timeoutSeconds: number;
}

/**
 * Runs a tool that must succeed, and returns what it printed.
 *
 * @param what it does, for the message
 */
export async function runTool(run: RunProgram, call: ToolCall, what: string): Promise<string> {
  const { tool, args, timeoutSeconds } = call;
  const result = await run({
    program: tool,
    args,
    timeoutSeconds,
    ...(call.input === undefined ? {} : { input: call.input }),
  });
  if (result.kind === 'ended' && result.exitCode === 0) return result.stdout;
  const fix = `look at what ${tool} says, and run it again`;
  switch (result.kind) {
    case 'timed-out':
      throw new Failure({ problem: `${what}: ${tool} takes longer than ${timeoutSeconds} s`, fix }, 'timed-out');
    case 'not-started':
      throw new Failure({ problem: `${what}: ${tool} does not run: ${shown(result.reason)}`, fix });
    case 'too-long':
      throw new Failure({ problem: `${what}: ${tool} prints too much`, fix });
    case 'ended':
      throw new Failure({ problem: `${what}: ${shown(lastLineOf(result.stderr))}`, fix });
  }
}

function lastLineOf(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
