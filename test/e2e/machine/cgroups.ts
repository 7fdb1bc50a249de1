import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const OURS = 'mesh-federation-e2e';

/** The cgroup of a cluster's pods, relative to the root of every hierarchy. */
export function podCgroup(cluster: string): string {
  return `/${OURS}/pods-${cluster}`;
}

/**
 * The directory of the cgroup in which every server is started. The kernel keeps its list of processes, so they can be
 * found by id even if the runner died between starting and recording one.
 */
export function serverCgroup(): string {
  const hierarchies = roots();
  const root = hierarchies.find((path) => path.endsWith('/pids')) ?? hierarchies[0];
  if (root === undefined) throw new Error('no cgroup hierarchy is mounted beneath /sys/fs/cgroup');
  const path = join(root, OURS, 'servers');
  mkdirSync(path, { recursive: true });
  return path;
}

/** Makes the cgroup of a cluster's pods in every hierarchy, where kubelet expects it. */
export function makePodCgroup(cluster: string): void {
  for (const root of roots()) mkdirSync(join(root, podCgroup(cluster)), { recursive: true });
}

/** The ids of all processes in our cgroups. */
export function processesInCgroups(): number[] {
  return cgroupsOfOurs().flatMap((path) => members(path));
}

/** The ids of all processes in a cluster's pods. */
export function processesInPods(cluster: string): number[] {
  const part = podCgroup(cluster);
  const ids = cgroupsOfOurs()
    .filter((path) => `${path}/`.includes(`${part}/`))
    .flatMap((path) => members(path));
  return [...new Set(ids)];
}

/** All our cgroup directories, children before parents. */
export function cgroupsOfOurs(): string[] {
  return roots().flatMap((root) => deepestFirst(join(root, OURS)));
}

/** Removes our cgroups, which must contain no processes. */
export function removeCgroups(): void {
  for (const path of cgroupsOfOurs()) rmdirSync(path);
}

/** The mounted hierarchies: one under cgroup v2, one per controller under v1. */
function roots(): string[] {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  return mounts
    .map((line) => line.split(' '))
    .filter((fields) => fields[2] === 'cgroup' || fields[2] === 'cgroup2')
    .map((fields) => fields[1] ?? '');
}

function deepestFirst(path: string): string[] {
  if (!existsSync(path)) return [];
  const children = readdirSync(path)
    .map((name) => join(path, name))
    .filter((child) => isDirectory(child));
  return [...children.flatMap((child) => deepestFirst(child)), path];
}

// A cgroup may vanish between listing and reading it, because containers end at any time.
function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function members(path: string): number[] {
  const file = join(path, 'cgroup.procs');
  if (!existsSync(file)) return [];
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map(Number);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENODEV')) return [];
    throw error;
  }
}
