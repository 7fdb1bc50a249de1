import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { serverCgroup } from './cgroups.ts';
import { began, isAlive, note, readJournal, type Started } from './journal.ts';
import { tail } from './run.ts';
import { until } from './wait.ts';

/** A server to start, and the check for its readiness. */
export interface Server {
  readonly cluster: string;
  readonly program: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
  /** Resolves to true once it serves. */
  readonly isReady: () => Promise<boolean>;
}

// Moves itself into the cgroup before it becomes the server, so that children born at once are inside as well.
const ENTER = 'echo $$ > "$0/cgroup.procs" && exec "$@"';

let refused = false;

/** From now on no server starts, because the run is being removed. */
export function refuseStarts(): void {
  refused = true;
}

/** Whether the run is being removed. During removal, ending servers are expected. */
export function isBeingRemoved(): boolean {
  return refused;
}

/** Starts a server in a session of its own and records it, without waiting. */
export function start(server: Omit<Server, 'isReady'>): Started {
  if (refused) throw new Error('the run is being removed');
  mkdirSync(dirname(server.log), { recursive: true });
  const log = openSync(server.log, 'a');
  const child = spawn('/bin/sh', ['-c', ENTER, serverCgroup(), ...server.command], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...server.env },
  });
  closeSync(log);
  child.unref();
  const id = child.pid;
  if (id === undefined) throw new Error(`cannot start ${server.program} of ${server.cluster}`);
  const { cluster, program, command, env, log: path } = server;
  const started = { cluster, program, id, began: began(id) ?? '', command, env, log: path };
  note(started);
  return started;
}

/** Starts a server and waits until it serves. If the server ends instead, this fails at once with its log. */
export async function startReady(server: Server, seconds = 60): Promise<void> {
  const started = start(server);
  try {
    await until(`${server.program} of ${server.cluster} serves`, seconds, async () => {
      if (!isAlive(started)) return 'ended';
      return (await server.isReady()) ? 'ready' : undefined;
    }).then((state) => {
      if (state === 'ended') throw new Error(`${server.program} of ${server.cluster} ended`);
    });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${logTail(started)}`);
  }
}

/** The end of a server's log, with a heading. */
export function logTail(server: Started, lines = 30): string {
  const text = existsSync(server.log) ? tail(readFileSync(server.log, 'utf8'), lines) : '(no log)';
  return `--- ${server.program} of ${server.cluster} (process ${server.id}, ${server.log}) ---\n${text}`;
}

/** The server of this name in the journal. Throws if there is none. */
export function startedServer(cluster: string, program: string): Started {
  const found = readJournal()?.started.find((one) => one.cluster === cluster && one.program === program);
  if (found === undefined) throw new Error(`no ${program} of ${cluster} was started by this machine's run`);
  return found;
}

/** The servers of the journal that no longer run. */
export function deadServers(): Started[] {
  return (readJournal()?.started ?? []).filter((one) => !isAlive(one));
}

/** Stops one server by its id: sends a request, waits five seconds, then kills it. */
export async function stop(server: Started): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isAlive(server)) return;
    process.kill(server.id, signal);
    const end = Date.now() + 5000;
    while (isAlive(server) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (isAlive(server)) throw new Error(`process ${server.id} (${server.program} of ${server.cluster}) does not end`);
}
