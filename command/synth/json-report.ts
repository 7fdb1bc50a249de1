import type { Outcome } from './outcome.ts';
import { exitCodeOf } from './outcome.ts';

/**
 * An outcome as one JSON document for machines: docs/command.md describes its keys. They are always the same, so that
 * a reader need not ask which ones there are.
 */
export function renderJson(outcome: Outcome): string {
  const document = {
    formatVersion: 1,
    ok: exitCodeOf(outcome) === 0,
    outcome: outcome.kind,
    message: outcome.kind === 'mistake' ? outcome.message : null,
    problems: outcome.kind === 'refused' ? outcome.problems : [],
    warnings: outcome.kind === 'mistake' ? [] : outcome.warnings,
    directory: 'directory' in outcome ? outcome.directory : null,
    summary: 'summary' in outcome ? outcome.summary : null,
    stale: outcome.kind === 'stale' ? outcome.stale : [],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
