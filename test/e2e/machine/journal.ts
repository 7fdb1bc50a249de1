import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STATE } from './paths.ts';

/** One server that was started: enough to find it, to stop it and to start it again as it was. */
export interface Started {
  readonly cluster: string;
  readonly program: string;
  readonly id: number;
  /** Clock ticks since boot at which the process began: with the id it names a process for good. */
  readonly began: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
}

/** What the journal of a run knows. */
export interface Journal {
  /** The runner that owns the state directory. */
  readonly runner: { readonly id: number; readonly began: string };
  readonly started: readonly Started[];
}

const FILE = join(STATE, 'journal.json');

/** The journal of the run that is on this machine, undefined when there is none. */
export function readJournal(): Journal | undefined {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Journal) : undefined;
}

/** Writes the journal in one step, so that a crash leaves the old or the new one. */
export function writeJournal(journal: Journal): void {
  mkdirSync(STATE, { recursive: true, mode: 0o700 });
  writeFileSync(`${FILE}.new`, JSON.stringify(journal, undefined, 1));
  renameSync(`${FILE}.new`, FILE);
}

/** Notes a started server, in place of an earlier one of the same cluster and name. */
export function note(started: Started): void {
  const journal = readJournal();
  if (journal === undefined) throw new Error(`no run owns ${STATE}; begin one with up`);
  const others = journal.started.filter((one) => one.cluster !== started.cluster || one.program !== started.program);
  writeJournal({ ...journal, started: [...others, started] });
}

/** When a process began, in clock ticks since boot; undefined when there is no such process or it is a zombie. */
export function began(id: number): string | undefined {
  const path = `/proc/${id}/stat`;
  if (!existsSync(path)) return undefined;
  // The second field is the program's name in parentheses and may itself hold blanks and parentheses.
  const fields = readFileSync(path, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

/** Whether the process that was noted is still the one with that id. */
export function isAlive(process: { readonly id: number; readonly began: string }): boolean {
  return began(process.id) === process.began;
}
