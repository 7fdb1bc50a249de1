import { isMapping } from '../../domain/json/mapping.ts';
import { flow } from '../problems/flow.ts';
import { didYouMean, nearest } from '../problems/suggestion.ts';
import { alternativesOf, examplesOf, isClusterReference, isOptional, type SchemaNode } from './schema-nodes.ts';
import type { ShapeRule } from './shape-rules.ts';
import { adviseOnText } from './text-advice.ts';

/** A value of the wrong shape. */
export interface Misfit {
  readonly got: unknown;
  /** The value as written, if it is a scalar without quotes. */
  readonly source: string | null;
  /** Its key, or its position in a list. */
  readonly step: string | number;
  readonly node: SchemaNode | undefined;
  /** The words that the schema lists. */
  readonly words: readonly string[];
  /** The names of the clusters. */
  readonly clusters: readonly string[];
}

/** `add network, such as "network: network1"` */
export function adviseToAdd(key: string, node: SchemaNode | undefined): string {
  const [example] = examplesOf(node);
  return example === undefined ? `add ${key}` : `add ${key}, such as "${flow({ [key]: example }).slice(1, -1)}"`;
}

/** What a reader does about a value of the wrong shape. Null if nothing better is known than the rule's own fix. */
export function adviseOnShape(rule: ShapeRule, misfit: Misfit): string | null {
  const advice = adviseOn(rule, misfit);
  return advice !== null && advice.length <= longest ? advice : null;
}

// A longer advice would only repeat a long value.
const longest = 300;

function adviseOn(rule: ShapeRule, misfit: Misfit): string | null {
  const { got, source, node, clusters } = misfit;
  if (typeof got === 'object') return adviseOnType(misfit);
  const text = source ?? String(got);
  const candidates = isClusterReference(node) ? clusters : [];
  const isText = typeof got === 'string';
  return adviseOnText(rule, { text, isText, candidates, examples: examplesOf(node) }) ?? adviseOnType(misfit);
}

// Null if the type is right.
function adviseOnType(misfit: Misfit): string | null {
  const { got } = misfit;
  if (got === null) return adviseOnNothing(misfit);
  if (Array.isArray(got)) return accepts(misfit, 'array') ? null : adviseOnList(misfit, got);
  if (isMapping(got)) return accepts(misfit, 'object', 'record') ? null : adviseOnMapping(misfit, got);
  return adviseOnScalar(misfit, got as string | number | boolean);
}

function accepts({ node }: Misfit, ...types: readonly string[]): boolean {
  return alternativesOf(node).some(({ def }) => types.includes(def.type));
}

function exampleOf({ node }: Misfit, isFitting: (example: unknown) => boolean): string {
  const example = examplesOf(node).find(isFitting);
  return example === undefined ? '' : `, such as ${flow(example)}`;
}

function adviseOnNothing(misfit: Misfit): string {
  const { step, node, words } = misfit;
  if (typeof step === 'number') return 'write the entry behind "- ", or remove the line';
  const example = words.length > 0 ? '' : exampleOf(misfit, () => true);
  return `write the value behind "${step}:"${example}${isOptional(node) ? ', or remove the key' : ''}`;
}

function adviseOnList(misfit: Misfit, got: readonly unknown[]): string | null {
  if (accepts(misfit, 'object', 'record')) return adviseToMap(misfit);
  const [only] = got;
  const isOne = got.length === 1 && typeof only !== 'object';
  return isOne ? `write the value alone: ${flow(only)}` : `write one value${exampleOf(misfit, isScalar)}`;
}

function adviseOnMapping(misfit: Misfit, got: Readonly<Record<string, unknown>>): string {
  if (accepts(misfit, 'string') || !accepts(misfit, 'array')) return `write one value${exampleOf(misfit, isScalar)}`;
  const [name = ''] = Object.keys(got);
  const isByName = Object.values(got).every(isMapping) && JSON.stringify(examplesOf(misfit.node)).includes('"name":');
  const example = isByName && name !== '' ? `: "- name: ${name}"` : exampleOf(misfit, Array.isArray);
  return `write a list, whose entries begin with "- "${example}`;
}

const isScalar = (value: unknown): boolean => typeof value !== 'object';

const yes = /^(true|yes|y|on|1|enabled?)$/i;
const no = /^(false|no|n|off|0|none|disabled?)$/i;

function adviseOnScalar(misfit: Misfit, got: string | number | boolean): string | null {
  const text = misfit.source ?? String(got);
  const near = misfit.words.length === 0 ? null : wordOf(misfit, text);
  if (near !== null) return near;
  if (accepts(misfit, 'boolean')) return adviseOnBoolean(text, misfit.source === null);
  if (accepts(misfit, 'number', 'int'))
    return typeof got === 'number' ? null : adviseOnNumber(text, misfit.source === null);
  if (got === '') return `write the value between the quotes${exampleOf(misfit, isScalar)}`;
  if (accepts(misfit, 'string')) return typeof got === 'string' ? null : `put it in quotes: '${text}'`;
  if (accepts(misfit, 'array')) return adviseToList(misfit, text);
  return accepts(misfit, 'object', 'record') ? adviseToMap(misfit) : null;
}

function adviseToMap(misfit: Misfit): string | null {
  const example = exampleOf(misfit, isMapping);
  return example === '' ? null : `write a mapping${example}`;
}

// A word for "no" or "yes" is not the name of anything else.
function wordOf({ words }: Misfit, text: string): string | null {
  if (words.includes('none') && no.test(text)) return 'did you mean "none"?';
  const advice = didYouMean(text, words, '');
  return advice === '' ? null : advice;
}

function adviseOnBoolean(text: string, isQuoted: boolean): string | null {
  if (isQuoted && /^(true|false)$/.test(text)) return `remove the quotes: ${text}`;
  if (yes.test(text)) return 'write true';
  return no.test(text) ? 'write false' : null;
}

function adviseOnNumber(text: string, isQuoted: boolean): string | null {
  const digits = text.trim().replace(/(?<=\d)[_,' ](?=\d{3}\b)/g, '');
  if (!/^\d{1,10}$/.test(digits)) return null;
  return isQuoted && digits === text ? `remove the quotes: ${digits}` : `write ${Number(digits)}`;
}

// Names of clusters are corrected on the way.
function adviseToList({ node, clusters }: Misfit, text: string): string | null {
  const isOfClusters = alternativesOf(node).some(({ def }) => isClusterReference(def.element));
  const entries = text.split(/[\s,]+/).filter((one) => one !== '');
  const meant = isOfClusters ? entries.flatMap((one) => nearest(one, clusters) ?? []) : entries;
  return meant.length === 0 ? null : `write it as a list: ${flow(meant.slice(0, 9))}`;
}
