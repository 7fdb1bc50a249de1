import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository, from which the product is run. */
export const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));

/** The folder of the end-to-end tests. */
export const E2E = join(REPOSITORY, 'test', 'e2e');

/** Data worth keeping between runs: binaries and images. Nothing in it is needed to stop a run. */
export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'mesh-federation-e2e');

/**
 * Data of one run, which its end removes: keys, sockets, data, logs, the journal. There is one place per machine, since
 * interface and namespace names are also unique per machine. The path is short, because the path of a Unix socket has
 * at most 107 characters.
 */
export const STATE = '/var/lib/mesh-federation-e2e';

/** The place where logs survive the end of a run. */
export const LOGS = join(CACHE, 'last-logs');
