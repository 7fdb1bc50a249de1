import { join } from 'node:path';
import { run } from '../machine/run.ts';
import { say } from '../machine/wait.ts';
import { BASE } from '../tables/packages.ts';
import { cached, fill, isCached } from './cache.ts';

/** The base layer of every image, an uncompressed tar file. */
export function baseLayer(): string {
  return join(baseDirectory(), 'base.tar');
}

/** Builds the base with debootstrap, unless it exists. */
export async function makeBase(): Promise<void> {
  if (isCached(baseDirectory())) return;
  say('making the base image, about 1 min');
  await fill(baseDirectory(), async (aside) => {
    const root = join(aside, 'root');
    await run(['debootstrap', '--variant=minbase', `--include=${BASE.packages.join(',')}`, BASE.suite, root], {
      timeoutSeconds: 1200,
    });
    await run(['rm', '-rf', join(root, 'var/cache/apt'), join(root, 'var/lib/apt/lists'), join(root, 'usr/share/doc')]);
    await run(['tar', '--numeric-owner', '-C', root, '-cf', join(aside, 'base.tar'), '.']);
    await run(['rm', '-rf', root]);
  });
}

function baseDirectory(): string {
  return cached('base', BASE.suite, JSON.stringify(BASE), process.arch);
}
