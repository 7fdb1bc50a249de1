import { dump } from 'js-yaml';
import { escapeInvisible } from '../domain/printable.ts';

const first = ['apiVersion', 'kind', 'metadata', 'name', 'namespace'];

// Our own order and not cdk8s's: its sorting can be switched off by an environment variable.
function compareKeys(a: string, b: string): number {
  const rank = (key: string): number => (first.includes(key) ? first.indexOf(key) : first.length);
  return rank(a) - rank(b) || (a < b ? -1 : Number(a > b));
}

/**
 * Documents as YAML that every reader understands alike: sorted keys, no anchors, no folding, LF, quotes where
 * YAML 1.1 and 1.2 differ. The header is a comment of one line.
 */
export function renderYaml(header: string, documents: readonly unknown[]): string {
  const texts = documents.map((document) => dump(document, { lineWidth: -1, noRefs: true, sortKeys: compareKeys }));
  return `# ${escapeInvisible(header)}\n${texts.join('---\n')}`;
}

/** First line of every generated file. It changes only with the declaration's name and its keys. */
export function generatedFrom(declaration: string, cause: string): string {
  return `Generated from ${declaration} (${cause}); do not edit: change the declaration and run npm run synth.`;
}
