import type { ClusterSummary, Report, RunEvent } from '../../operations/apply/events.ts';
import { clusterLine, listLines } from '../project/event-lines.ts';
import { harmless } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Prints the events for people, on standard error. What is told about a cluster comes together, when its step has ended. */
export function reportText({ err }: Terminal): Report {
  let unfinished = new Set<string>();
  return (event) => {
    if (event.event === 'step') unfinished = new Set([...unfinished, keyOf(event)]);
    if (event.event === 'step-ended' && event.isDone)
      unfinished = new Set([...unfinished].filter((key) => key !== keyOf(event)));
    for (const line of linesOf(event, unfinished)) err(`${harmless(line)}\n`);
  };
}

const keyOf = ({ wave, cluster }: { readonly wave: string; readonly cluster: string }): string =>
  `${wave} on cluster ${cluster}`;

function linesOf(event: RunEvent, unfinished: ReadonlySet<string>): readonly string[] {
  switch (event.event) {
    case 'checking':
      return [`00-preflight  ${event.clusters.join(', ')}`];
    case 'warning':
      return [event.text];
    case 'summary':
      return event.clusters.flatMap(summaryLines);
    case 'step':
      return [`${event.wave}  ${event.cluster}`];
    case 'step-ended':
      return [
        ...event.lines.map((line) => `  ${event.cluster}: ${line}`),
        `  ${event.cluster}: ${event.isDone ? 'done' : 'failed'} in ${event.seconds} s`,
      ];
    case 'problem':
      return [`error: ${event.problem}`, `  fix: ${event.fix}`];
    case 'ended':
      return endLines(event, unfinished);
    default:
      return [];
  }
}

function summaryLines(summary: ClusterSummary): readonly string[] {
  return [
    clusterLine(summary),
    ...listLines('deletions', summary.deletions),
    ...listLines('cannot be told before', summary.unknowable),
  ];
}

function endLines(
  { exitCode, seconds, changed }: Extract<RunEvent, { event: 'ended' }>,
  unfinished: ReadonlySet<string>,
): readonly string[] {
  if (unfinished.size > 0) return [`stopped in ${[...unfinished].join(', ')}; run the same command to continue there`];
  if (!changed) return ['nothing was changed'];
  return [exitCode === 0 ? `done in ${seconds} s` : `ended after ${seconds} s`];
}
