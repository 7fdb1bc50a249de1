import { readdirSync, readFileSync } from 'node:fs';
import { processesInCgroups } from './cgroups.ts';
import { STATE } from './paths.ts';

/**
 * The ids of all processes that a run started: those in our cgroups, and those whose root file system lies in our state
 * directory, in case a container has escaped the cgroups. Both come from the kernel, not from our records.
 */
export function processesOfOurs(): number[] {
  const ids = readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .map(Number);
  return [...new Set([...processesInCgroups(), ...ids.filter(isContained)])].sort((a, b) => a - b);
}

function isContained(id: number): boolean {
  const root = mounts(id)
    .split('\n')
    .find((line) => line.split(' ')[4] === '/');
  return root?.includes(`upperdir=${STATE}/`) ?? false;
}

// A process may end between listing and reading it.
function mounts(id: number): string {
  try {
    return readFileSync(`/proc/${id}/mountinfo`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH', 'EINVAL'].includes(String(error.code)))
      return '';
    throw error;
  }
}
