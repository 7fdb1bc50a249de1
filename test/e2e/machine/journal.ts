import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STATE } from './paths.ts';

/** One started server, with enough data to find it, to stop it and to start it again unchanged. */
export interface Started {
  readonly cluster: string;
  readonly program: string;
  readonly id: number;
  /** Clock ticks since boot when the process began. Together with the id they identify a process uniquely. */
  readonly began: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
}

/** The content of a run's journal. */
export interface Journal {
  /** The runner that owns the state directory. */
  readonly runner: { readonly id: number; readonly began: string };
  readonly started: readonly Started[];
}

const FILE = join(STATE, 'journal.json');

/** The journal of the run on this machine, or undefined if there is none. */
export function readJournal(): Journal | undefined {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Journal) : undefined;
}

/** Writes the journal in one step, so that a crash leaves either the old or the new one. */
export function writeJournal(journal: Journal): void {
  mkdirSync(STATE, { recursive: true, mode: 0o700 });
  writeFileSync(`${FILE}.new`, JSON.stringify(journal, undefined, 1));
  renameSync(`${FILE}.new`, FILE);
}

/** Records a started server and replaces an earlier one of the same cluster and name. */
export function note(started: Started): void {
  const journal = readJournal();
  if (journal === undefined) throw new Error(`no run owns ${STATE}; begin one with up`);
  const others = journal.started.filter((one) => one.cluster !== started.cluster || one.program !== started.program);
  writeJournal({ ...journal, started: [...others, started] });
}

/** Start of a process, in clock ticks since boot. Undefined if there is no such process or if it is a zombie. */
export function began(id: number): string | undefined {
  const path = `/proc/${id}/stat`;
  if (!existsSync(path)) return undefined;
  // The second field is the program's name in parentheses. The name may itself contain blanks and parentheses.
  const fields = readFileSync(path, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

/** Whether the process with the recorded id is still the recorded one. */
export function isAlive(process: { readonly id: number; readonly began: string }): boolean {
  return began(process.id) === process.began;
}
