import { adviseOnAddress, adviseOnRange, adviseOnServer } from '../../domain/addresses/advice.ts';
import { dnsLabelPattern } from '../../domain/kubernetes/dns-names.ts';
import { nearestKind } from '../manifests/kind-names.ts';
import { didYouMean } from '../problems/suggestion.ts';
import type { ShapeRule } from './shape-rules.ts';

/** A text, or a number in the place of one, that does not have the form that a rule asks for. */
export interface TextMisfit {
  readonly text: string;
  /** Whether it is a string. */
  readonly isText: boolean;
  /** The names that it may mean. */
  readonly candidates: readonly string[];
  /** Examples of the right form, the one to recommend first. */
  readonly examples: readonly unknown[];
}

const advisers: { readonly [K in ShapeRule]?: (misfit: TextMisfit) => string | null } = {
  'api-server-is-a-url': ({ text }) => adviseOnServer(text),
  'gateway-address-is-printable': ({ text }) => adviseOnAddress(text),
  'name-is-a-dns-label': adviseOnLabel,
  'resource-is-kind-and-name': adviseOnResource,
  'source-range-is-a-cidr': ({ text }) => adviseOnRange(text),
  'version-is-exact': adviseOnVersion,
};

const longest = 253;

/** How to write a text in the form that a rule asks for. Null if nothing better is known than the rule's own fix. */
export function adviseOnText(rule: ShapeRule, misfit: TextMisfit): string | null {
  return misfit.text.length > longest ? null : (advisers[rule]?.(misfit) ?? null);
}

function adviseOnLabel({ text, isText, candidates }: TextMisfit): string | null {
  const near = didYouMean(text, candidates, '');
  if (near !== '') return near;
  if (candidates.length > 0) return `name one of them: ${candidates.join(', ')}`;
  if (!isText) return null;
  const label = text
    .toLowerCase()
    .replace(/[\s_.:/]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return dnsLabelPattern.test(label) ? `choose such a name: ${label}` : null;
}

// `deploy/web` and `deployments.apps/web`, as kubectl understands them.
function adviseOnResource({ text }: TextMisfit): string | null {
  const [, word = '', name = ''] = text.match(/^([A-Za-z]+)[\w.-]*\/([A-Za-z0-9][\w.:-]*)$/) ?? [];
  const kind = nearestKind(word);
  return kind === null ? null : `did you mean "${kind}/${name}"?`;
}

function adviseOnVersion({ text, examples }: TextMisfit): string | null {
  const known = examples.filter((example) => typeof example === 'string');
  const [full, ...numbers] = text.match(/(\d+)\.(\d+)\.(\d+)/) ?? [];
  if (full !== undefined) {
    const version = numbers.map(Number).join('.');
    return /^\s*v/i.test(text) ? `write it without the v: ${version}` : `write the three numbers alone: ${version}`;
  }
  const [begun = ''] = text.match(/\d+(?:\.\d+)?/) ?? [];
  const ofTheMinor = begun === '' ? undefined : known.find((version) => version.startsWith(`${begun}.`));
  const [example = ofTheMinor] = known;
  if (ofTheMinor !== undefined) return `write the whole version: '${ofTheMinor}'`;
  return example === undefined ? null : `name one release, such as ${example}, so that the output stays the same`;
}
