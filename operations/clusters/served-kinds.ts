import type { Answer } from './answer.ts';
import { anotherForm, readText } from './answer.ts';
import { askPatiently } from './asking/patiently.ts';
import type { Reach } from './kubectl.ts';

/** A kind that a server serves. */
export interface ServedKind {
  /** `''` is the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Name in paths and for kubectl: `deployments`. */
  readonly plural: string;
  readonly isNamespaced: boolean;
  readonly verbs: readonly string[];
}

/** The kinds that a server serves. */
export interface ServedKinds {
  /** False if an aggregated API does not answer: then a kind that is missing here may be served. */
  readonly isComplete: boolean;
  readonly find: (group: string, kind: string) => ServedKind | null;
  readonly all: readonly ServedKind[];
}

/** The kinds of a server, from one call of kubectl 1.22 or newer. */
export async function readServedKinds({ run, context, answerSeconds, sleep }: Reach): Promise<Answer<ServedKinds>> {
  const result = await askPatiently(
    run,
    sleep,
  )({
    program: 'kubectl',
    args: [
      `--context=${context}`,
      `--request-timeout=${answerSeconds}s`,
      'api-resources',
      '--no-headers',
      '--output=wide',
      // Not from the files that an earlier call has kept.
      '--cached=false',
    ],
    timeoutSeconds: answerSeconds * 2,
  });
  // kubectl exits with 1 if a single group does not answer, and lists the others.
  const isPartial = result.kind === 'ended' && result.exitCode === 1 && result.stdout !== '';
  const text: Answer<string> = isPartial ? { kind: 'found', value: result.stdout } : readText(result);
  if (text.kind !== 'found') return text;
  const lines = text.value.split('\n').filter((line) => line.trim() !== '');
  const all = lines.flatMap((line) => kindOf(line) ?? []);
  if (all.length === 0 || all.length !== lines.length) return anotherForm;
  const byName = new Map(all.map((one) => [`${one.group}/${one.kind}`, one]));
  const find: ServedKinds['find'] = (group, kind) => byName.get(`${group}/${kind}`) ?? null;
  return { kind: 'found', value: { isComplete: !isPartial, find, all } };
}

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const row = new RegExp(
  [
    `^(?<plural>${label})`,
    `(?:\\s+[a-z0-9.-]+(?:,[a-z0-9.-]+)*)?`,
    // A CustomResourceDefinition may name its version as it likes: `stable`.
    `\\s+(?:(?<group>${label}(?:\\.${label})*)/(?<version>${label})|v1)`,
    `\\s+(?<scope>true|false)`,
    `\\s+(?<kind>[A-Za-z][A-Za-z0-9]*)`,
    // kubectl before 1.26: `[create delete get]`.
    `\\s+(?<verbs>[a-z]+(?:,[a-z]+)*|\\[[a-z]+(?: [a-z]+)*\\])`,
    `(?:\\s+[a-z0-9,-]+)?\\s*$`,
  ].join(''),
);

// NAME SHORTNAMES APIVERSION NAMESPACED KIND VERBS CATEGORIES; two of them may be empty.
function kindOf(line: string): ServedKind | null {
  const found = row.exec(line)?.groups;
  if (found === undefined) return null;
  const { plural = '', group = '', version = 'v1', scope, kind = '', verbs = '' } = found;
  return { group, version, kind, plural, isNamespaced: scope === 'true', verbs: verbs.match(/[a-z]+/g) ?? [] };
}

/** A plural with its group, as kubectl expects it: `deployments.apps`. */
export function resourceOf({ group, plural }: Pick<ServedKind, 'group' | 'plural'>): string {
  return group === '' ? plural : `${plural}.${group}`;
}

/** Group and version of a kind: `apps/v1`. */
export function apiVersionOf({ group, version }: Pick<ServedKind, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}
