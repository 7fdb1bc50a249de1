import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { run } from '../machine/run.ts';
import { say } from '../machine/wait.ts';
import { PACKAGES } from '../tables/packages.ts';

const POLICY = '/usr/sbin/policy-rc.d';

/** Installs the missing Debian packages and prevents them from starting services. */
export async function installPackages(): Promise<void> {
  const missing = Object.entries(PACKAGES)
    .filter(([, path]) => !existsSync(path))
    .map(([name]) => name);
  if (missing.length === 0) return;
  say(`installing Debian packages: ${missing.join(', ')}`);
  await run(['apt-get', 'update'], { timeoutSeconds: 600 });
  await withoutServices(async () => {
    await run(['apt-get', 'install', '--yes', '--no-install-recommends', ...missing], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      timeoutSeconds: 1200,
    });
  });
  const absent = Object.entries(PACKAGES).filter(([, path]) => !existsSync(path));
  if (absent.length > 0)
    throw new Error(`installed, but absent: ${absent.map(([name, path]) => `${path} of ${name}`).join(', ')}`);
}

// Debian starts the services that it installs (etcd, a registry on our ports), unless this program forbids it.
async function withoutServices(work: () => Promise<void>): Promise<void> {
  if (existsSync(POLICY)) return work();
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n');
  chmodSync(POLICY, 0o755);
  try {
    await work();
  } finally {
    rmSync(POLICY);
  }
}
