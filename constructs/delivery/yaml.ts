import { DEFAULT_SCALAR_STYLE_RULES, dump, SCALAR_STYLE, type ScalarStyleRule } from 'js-yaml';
import { escapeInvisible } from '../model/problems/printable.ts';

const first = ['apiVersion', 'kind', 'metadata', 'name', 'namespace'];

// Our own order, not that of cdk8s, since an environment variable can switch off its sorting.
function compareKeys(a: string, b: string): number {
  const rank = (key: string): number => (first.includes(key) ? first.indexOf(key) : first.length);
  return rank(a) - rank(b) || (a < b ? -1 : Number(a > b));
}

// js-yaml writes a string of dots, signs and an exponent without quotes. Some YAML 1.1 readers take such a string for a
// number.
const quoteNearNumbers: ScalarStyleRule = (layout) => {
  const isText = layout.node.tag === layout.presenterOptions.schema.defaultScalarTag.tagName;
  if (
    isText &&
    layout.style === SCALAR_STYLE.PLAIN &&
    /^[-+]?[\d_]*\.?[\d_]*(?:[eE][-+]?\d+)?$/.test(layout.node.value)
  )
    layout.style = SCALAR_STYLE.SINGLE_QUOTED;
};

const scalarStyleRules = [quoteNearNumbers, ...Object.values(DEFAULT_SCALAR_STYLE_RULES)];

/**
 * Documents as YAML that every reader understands the same way: sorted keys, no anchors, no folding, LF, quotes where
 * YAML 1.1 and 1.2 differ. Each line of the header is a comment.
 */
export function renderYaml(header: readonly string[], documents: readonly unknown[]): string {
  const options = { lineWidth: -1, noRefs: true, sortKeys: compareKeys, scalarStyleRules };
  const texts = documents.map((document) => dump(document, options));
  const comments = header.map((line) => `# ${escapeInvisible(line)}\n`);
  return `${comments.join('')}${texts.join('---\n')}`;
}

/** First line of every generated file. It changes only with the name of the declaration and its keys. */
export function generatedFrom(declaration: string, cause: string): string {
  return `${startOfGenerated(declaration)}${cause}); do not edit: change the declaration and synthesize again.`;
}

/** The beginning of this line, which all files of a declaration share. */
export function startOfGenerated(declaration: string): string {
  return `Generated from ${declaration} (`;
}
