import { hostname, userInfo } from 'node:os';

/** The user and the machine of this run, as the Leases name them: `somebody@machine`. */
export function holderName(nameOf: () => string = () => userInfo().username): string {
  return `${userName(nameOf)}@${hostname()}`;
}

// In a container the user may have a number and no name.
function userName(nameOf: () => string): string {
  try {
    return nameOf();
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
