import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cgroupsOfOurs, removeCgroups } from './cgroups.ts';
import { isAlive, readJournal } from './journal.ts';
import { STATE } from './paths.ts';
import { processesOfOurs } from './processes.ts';
import { attempt, run } from './run.ts';
import { sleep } from './wait.ts';

/** Prefix of the names of all our interfaces and network namespaces. */
export const PREFIX = 'e2e-';

/** Everything of ours on this machine, one line each. Empty if a run has cleaned up after itself. */
export async function leftovers(): Promise<string[]> {
  return [
    ...processesOfOurs().map((id) => `process ${id}: ${commandOf(id)}`),
    ...mountsOfOurs().map((path) => `mount ${path}`),
    ...namespacesOfOurs().map((name) => `network namespace ${name}`),
    ...(await linksOfOurs()).map((name) => `interface ${name}`),
    ...cgroupsOfOurs().map((path) => `cgroup ${path}`),
    ...(existsSync(STATE) ? [`directory ${STATE}`] : []),
  ];
}

/**
 * Removes everything of ours, in the only order that works: processes, mounts, namespaces, interfaces, cgroups, files.
 * It relies on the kernel and not on the journal, so it also cleans up after a killed runner.
 */
export async function removeLeftovers(): Promise<void> {
  await endProcesses();
  for (const path of mountsOfOurs()) await run(['umount', '--lazy', path]);
  for (const name of namespacesOfOurs()) await run(['ip', 'netns', 'delete', name]);
  for (const name of await linksOfOurs()) await attempt(['ip', 'link', 'delete', name]);
  await removeCgroupsPatiently();
  rmSync(STATE, { recursive: true, force: true });
  const left = await leftovers();
  if (left.length > 0) throw new Error(`not everything could be removed:\n${left.join('\n')}`);
}

/** Throws if another live runner owns the machine's clusters. */
export function refuseWhenBusy(): void {
  const runner = readJournal()?.runner;
  if (runner !== undefined && runner.id !== process.pid && isAlive(runner)) {
    throw new Error(`another run (process ${runner.id}) has its clusters on this machine; wait for it or stop it`);
  }
}

// Repeatedly: as long as the container runtime lives, it may replace an ended container with a new one.
async function endProcesses(): Promise<void> {
  const end = Date.now() + 60_000;
  for (let ids = processesOfOurs(); ids.length > 0; ids = processesOfOurs()) {
    if (Date.now() > end)
      throw new Error(`processes do not end: ${ids.map((id) => `${id} ${commandOf(id)}`).join('; ')}`);
    for (const id of ids) endProcess(id);
    await sleep(0.2);
  }
}

function endProcess(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

// The kernel releases a cgroup a moment after its last process has ended.
async function removeCgroupsPatiently(): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      removeCgroups();
      return;
    } catch (error) {
      if (tries === 50) throw error;
      await sleep(0.2);
    }
  }
}

/** Mount points below the state directory, deepest first. */
function mountsOfOurs(): string[] {
  const points = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  return points
    .filter((path) => path.startsWith(`${STATE}/`))
    .map(unescapeMount)
    .sort((a, b) => b.length - a.length);
}

function unescapeMount(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

function namespacesOfOurs(): string[] {
  return existsSync('/run/netns') ? readdirSync('/run/netns').filter((name) => name.startsWith(PREFIX)) : [];
}

async function linksOfOurs(): Promise<string[]> {
  const links = JSON.parse(await run(['ip', '-json', 'link'])) as { ifname: string }[];
  return links.map((link) => link.ifname).filter((name) => name.startsWith(PREFIX));
}

function commandOf(id: number): string {
  const path = `/proc/${id}/cmdline`;
  return existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\0', ' ').slice(0, 120) : '(ended)';
}
