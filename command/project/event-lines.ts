import type { ClusterSummary, Report } from '../../operations/apply/events.ts';
import { harmlessJson } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Prints each event as a line of JSON on standard output. */
export function reportJson({ out }: Terminal): Report {
  return (event) => out(`${harmlessJson(event)}\n`);
}

/** The line of a summary that says which cluster is meant. */
export function clusterLine({ cluster, context, server, uid }: ClusterSummary): string {
  return `${cluster}: context ${context}, ${server ?? 'a server that the kubeconfig does not tell'}, UID ${uid}`;
}

/** A list of a summary below its title; nothing if it is empty. */
export function listLines(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`  ${title}:`, ...lines.map((line) => `    ${line}`)];
}
