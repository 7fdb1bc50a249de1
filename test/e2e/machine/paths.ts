import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository: where the product is run from. */
export const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));

/** The folder of the end-to-end tests. */
export const E2E = join(REPOSITORY, 'test', 'e2e');

/** What is worth keeping between runs: binaries, images. Nothing in it is needed to stop anything. */
export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'mesh-federation-e2e');

/**
 * What one run makes and its end removes: keys, sockets, data, logs, the journal.
 * One place per machine, since interface and namespace names are one per machine too, and short: a
 * Unix socket's path may have 107 characters.
 */
export const STATE = '/var/lib/mesh-federation-e2e';

/** Where logs survive the end of a run. */
export const LOGS = join(CACHE, 'last-logs');
