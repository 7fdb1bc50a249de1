import { parseArgs } from 'node:util';
import { BREAKS, type BreakName, isBreak } from '../tables/breaks.ts';
import { type SuiteRow, suitesNamed } from '../tables/suite.ts';
import { SUITES } from '../tables/suites.ts';

/** The options from the command line. */
export interface Options {
  readonly command: 'run' | 'up' | 'down' | 'build';
  readonly suites: readonly SuiteRow[];
  /** For `up`; suites choose their own. */
  readonly clusters: readonly string[];
  readonly light: boolean;
  readonly keep: boolean;
  readonly existing: boolean;
  /** Cluster name to context, for `--existing`. */
  readonly contexts: Readonly<Record<string, string>>;
  /** Cluster name to the API server URL that other clusters use, for `--existing`. */
  readonly apis: Readonly<Record<string, string>>;
  readonly breaking: BreakName | undefined;
}

const COMMANDS = ['run', 'up', 'down', 'build'] as const;

/** Reads the command line. An unknown word is an error that lists the known ones. */
export function parseOptions(words: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      only: { type: 'string', multiple: true },
      all: { type: 'boolean', default: false },
      clusters: { type: 'string', default: 'host,member' },
      light: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      existing: { type: 'boolean', default: false },
      contexts: { type: 'string', default: '' },
      apis: { type: 'string', default: '' },
      break: { type: 'string' },
    },
  });
  const [word = 'run', ...more] = positionals;
  const command = COMMANDS.find((one) => one === word);
  if (command === undefined || more.length > 0)
    throw new Error(`expected one of ${COMMANDS.join(', ')}, got ${positionals.join(' ')}`);
  return {
    command,
    suites: selected(values.only ?? [], values),
    clusters: values.clusters.split(','),
    light: values.light,
    keep: values.keep,
    existing: values.existing,
    contexts: pairs(values.contexts),
    apis: pairs(values.apis),
    breaking: breakOf(values.break),
  };
}

function selected(only: readonly string[], how: { all: boolean; light: boolean; existing: boolean }): SuiteRow[] {
  const names = only.flatMap((word) => word.split(','));
  const chosen =
    names.length > 0 ? names.flatMap((name) => suitesNamed(SUITES, name)) : SUITES.filter((row) => row.core || how.all);
  // A suite with a mesh of its own installs it on empty clusters, so existing clusters accept only one such suite.
  const isAlone = (row: SuiteRow) => row.mesh === undefined || chosen.length === 1;
  const isAble = (row: SuiteRow) =>
    (!how.light || row.forms.includes('light')) && (!how.existing || (row.forms.includes('nodes') && isAlone(row)));
  const unable = chosen.filter((row) => !isAble(row)).map((row) => row.name);
  // These suites are left out unless they were asked for by name.
  if (unable.length > 0 && names.length > 0) throw new Error(`not possible that way: ${unable.join(', ')}`);
  return chosen.filter(isAble);
}

function breakOf(name: string | undefined): BreakName | undefined {
  if (name === undefined || isBreak(name)) return name;
  throw new Error(`no break ${JSON.stringify(name)}; there are ${Object.keys(BREAKS).join(', ')}`);
}

function pairs(text: string): Record<string, string> {
  const entries = text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      if (at < 1) throw new Error(`expected NAME=VALUE, got ${JSON.stringify(part)}`);
      return [part.slice(0, at), part.slice(at + 1)] as const;
    });
  return Object.fromEntries(entries);
}
