import type { ClusterSummary, Report, RunEvent } from '../../operations/apply/events.ts';
import { clusterLine, listLines } from '../project/event-lines.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';

/**
 * Prints the events for people, on standard error. Differences go to standard output. What the programs of a step print comes
 * together, when the step has ended.
 *
 * @param goOn the command with which a further run goes on at a wave
 */
export function reportText({ out, err }: Terminal, goOn: (wave: string) => string): Report {
  return (event) => {
    if (event.event === 'difference') out(`${harmless(event.text)}\n`);
    else for (const line of linesOf(event, goOn)) err(`${harmless(line)}\n`);
  };
}

function linesOf(event: Exclude<RunEvent, { event: 'difference' }>, goOn: (wave: string) => string): readonly string[] {
  switch (event.event) {
    case 'checking':
      return [`00-preflight  ${event.clusters.join(', ')}`];
    case 'warning':
      return [`warning: ${event.text}`];
    case 'summary':
      return event.clusters.flatMap(summaryLines);
    case 'wave':
      return [];
    case 'step':
      return [`${event.wave}  ${event.cluster}  ${event.action}  ${event.path ?? ''}`.trimEnd()];
    case 'step-ended':
      return [
        ...event.lines.map((line) => `  ${event.cluster}: ${line}`),
        `  ${event.cluster}: ${event.action} ${event.isDone ? 'done' : 'failed'} in ${event.seconds} s`,
      ];
    case 'prune':
      return [`prune  ${event.cluster}`, ...event.lines.map((line) => `  ${line}`)];
    case 'problem':
      return [`error: ${event.problem}`, `  fix: ${event.fix}`];
    case 'refused':
      return refusedLines(event.problems);
    case 'ended':
      return endLines(event, goOn);
  }
}

function summaryLines(summary: ClusterSummary): readonly string[] {
  const unknown = summary.identity === 'unknown' ? ', which nothing confirms yet' : '';
  return [
    `${clusterLine(summary)}${unknown}`,
    ...(summary.appliedUntil === null ? [] : [`  this output was applied as far as ${summary.appliedUntil}`]),
    ...listLines(`${summary.steps.length} steps`, summary.steps),
    ...listLines('deletions', summary.deletions),
    ...listLines('cannot be told before', summary.unknowable),
  ];
}

function refusedLines(problems: Extract<RunEvent, { event: 'refused' }>['problems']): readonly string[] {
  const count = `${problems.length} problem${problems.length === 1 ? '' : 's'}`;
  return [
    `error: ${count}, nothing was changed`,
    ...problems.flatMap(({ problem, fix }) => [`  ${problem}`, `    fix: ${fix}`]),
  ];
}

function endLines(
  { exitCode, seconds, changed, untried, unfinished }: Extract<RunEvent, { event: 'ended' }>,
  goOn: (wave: string) => string,
): readonly string[] {
  if (unfinished !== null) {
    const { wave, clusters } = unfinished;
    const where = `${clusters.length === 1 ? 'cluster' : 'clusters'} ${clusters.join(', ')}`;
    return [`stopped in wave ${wave} on ${where} after ${seconds} s`, `  go on with: ${goOn(wave)}`];
  }
  if (changed)
    return [
      exitCode === 0
        ? `done in ${seconds} s; mesh-federation verify shows how calls are spread`
        : `ended after ${seconds} s`,
    ];
  if (exitCode === 1) return [];
  const rest = untried === 0 ? '' : `; steps that cannot be tried before earlier ones are taken: ${untried}`;
  return [`nothing was changed${rest}`];
}
