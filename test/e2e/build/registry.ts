import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { tail } from '../machine/run.ts';
import { until } from '../machine/wait.ts';

/** The registry's configuration file: storage in a directory and one plain-text address. */
export function registryConfig(storage: string, address: string): string {
  const config = {
    version: '0.1',
    log: { level: 'warn' },
    storage: { filesystem: { rootdirectory: storage } },
    http: { addr: address },
  };
  return JSON.stringify(config);
}

/** Whether a registry answers at an address. */
export async function registryAnswers(address: string): Promise<boolean> {
  return (await fetch(`http://${address}/v2/`)).status === 200;
}

/** Serves a directory on a free loopback port during some work. */
export async function serveFor(storage: string, work: (address: string) => Promise<void>): Promise<void> {
  const address = `127.0.0.1:${await freePort()}`;
  const config = join(storage, 'registry.yml');
  writeFileSync(config, registryConfig(storage, address));
  const child = spawn('docker-registry', ['serve', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  const log: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => log.push(chunk.toString()));
  try {
    await until('the registry answers', 30, async () => ((await registryAnswers(address)) ? true : undefined));
    await work(address);
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\n--- registry ---\n${tail(log.join(''))}`,
    );
  } finally {
    child.kill('SIGKILL');
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
