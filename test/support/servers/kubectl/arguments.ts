/** The arguments of a program: flags with their values, and words. */
export interface Arguments {
  readonly words: readonly string[];
  /** The words after `--`; null if there is no `--`. */
  readonly rest: readonly string[] | null;
  readonly has: (flag: string) => boolean;
  /** The last value of a flag; null if it is not given. */
  readonly value: (flag: string) => string | null;
  readonly values: (flag: string) => readonly string[];
  /** Flags that the program does not know. */
  readonly unknown: readonly string[];
}

/** The flags of a program. */
export interface Flags {
  /** Flags with a value: `--context=x`, `--context x`. */
  readonly valued: readonly string[];
  /** Flags without a value, or with one after an equals sign. */
  readonly bare: readonly string[];
  /** Long names of short flags: `n` to `namespace`. */
  readonly short: Readonly<Record<string, string>>;
}

interface ReadFlag {
  readonly flag: string | undefined;
  /** Null if it comes with the next word. */
  readonly value: string | null;
}

/** Reads the arguments of a program as Go programs read them. */
export function readArguments(args: readonly string[], flags: Flags): Arguments {
  const [words, unknown]: [string[], string[]] = [[], []];
  const given = new Map<string, string[]>();
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  for (let at = 0; at < own.length; at += 1) {
    const word = own[at] ?? '';
    if (!word.startsWith('-') || word === '-') {
      words.push(word);
      continue;
    }
    const { flag = '', value } = readFlag(word, flags);
    if (flag === '') unknown.push(word);
    else given.set(flag, [...(given.get(flag) ?? []), value ?? own[at + 1] ?? '']);
    if (flag !== '' && value === null) at += 1;
  }
  return {
    words,
    rest: end < 0 ? null : args.slice(end + 1),
    has: (flag) => given.has(flag) && given.get(flag)?.at(-1) !== 'false',
    value: (flag) => given.get(flag)?.at(-1) ?? null,
    values: (flag) => given.get(flag) ?? [],
    unknown,
  };
}

function readFlag(word: string, { valued, bare, short }: Flags): ReadFlag {
  const [, long, inline] = /^--([a-z0-9-]+)(?:=(.*))?$/is.exec(word) ?? [];
  const [, letter = '', attached = ''] = /^-([a-z])(.*)$/is.exec(word) ?? [];
  const flag = long ?? short[letter];
  const value = long === undefined ? attached.replace(/^=/, '') || undefined : inline;
  if (flag === undefined || !(valued.includes(flag) || bare.includes(flag))) return { flag: undefined, value: null };
  return { flag, value: value ?? (bare.includes(flag) ? 'true' : null) };
}

/** The flags of kubectl that anybody here uses. */
export const kubectlFlags: Flags = {
  valued: [
    ...['context', 'request-timeout', 'namespace', 'filename', 'kustomize', 'output', 'selector', 'field-selector'],
    ...['field-manager', 'timeout', 'raw', 'container', 'patch', 'type', 'for', 'api-group', 'verbs', 'kubeconfig'],
    ...['dry-run', 'from-file', 'from-literal', 'cascade', 'replicas', 'subresource', 'chunk-size', 'validate'],
    ...['image', 'labels', 'annotations'],
  ],
  bare: [
    ...['all-namespaces', 'ignore-not-found', 'server-side', 'force-conflicts', 'minify', 'no-headers', 'cached'],
    ...['namespaced', 'all', 'overwrite', 'wait', 'show-managed-fields', 'client', 'quiet', 'stdin', 'tty', 'help'],
  ],
  short: {
    ...{ n: 'namespace', f: 'filename', k: 'kustomize', o: 'output', l: 'selector', A: 'all-namespaces' },
    ...{ c: 'container', p: 'patch', i: 'stdin', t: 'tty', q: 'quiet', h: 'help' },
  },
};
