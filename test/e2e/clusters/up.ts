import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { needFree } from '../build/disk.ts';
import { registryStorage } from '../build/images.ts';
import { registryAnswers, registryConfig } from '../build/registry.ts';
import { began, writeJournal } from '../machine/journal.ts';
import { refuseWhenBusy, removeLeftovers } from '../machine/leftovers.ts';
import { makeNetwork } from '../machine/network.ts';
import { STATE } from '../machine/paths.ts';
import { startReady } from '../machine/servers.ts';
import { say } from '../machine/wait.ts';
import { type ClusterRow, REGISTRY } from '../tables/clusters.ts';
import { SERVERS, type ServerRow } from '../tables/servers.ts';
import { kubeconfigOf, writeFiles, writeKubeconfig } from './files.ts';
import { type Place, placeOf } from './place.ts';

/** Whether clusters have nodes, or consist of API servers and controllers only. */
export type Form = 'nodes' | 'light';

/** The kubeconfig of the running clusters: one context per cluster, named after it. */
export const KUBECONFIG = join(STATE, 'kubeconfig');

/** Starts clusters after removing the leftovers of earlier runs. */
export async function up(rows: readonly ClusterRow[], form: Form): Promise<void> {
  refuseWhenBusy();
  await removeLeftovers();
  needFree(STATE, form === 'nodes' ? 2 + 2 * rows.length : 1, 'a run');
  writeJournal({ runner: { id: process.pid, began: began(process.pid) ?? '' }, started: [] });
  say(`${form === 'nodes' ? 'clusters' : 'API servers'}: ${rows.map((row) => row.name).join(', ')}`);
  await makeNetwork(rows);
  if (form === 'nodes') await startRegistry();
  const places = rows.map(placeOf);
  await Promise.all(places.map((place) => startCluster(place, form)));
  writeFileSync(KUBECONFIG, JSON.stringify(kubeconfigOf(places)), { mode: 0o600 });
}

async function startCluster(place: Place, form: Form): Promise<void> {
  writeFiles(place);
  for (const row of SERVERS.filter((one) => one.light || form === 'nodes')) {
    await startServer(place, row);
    if (row.name === 'kube-apiserver') writeKubeconfig(place);
  }
  say(`${place.row.name} is up at ${place.row.address}`);
}

async function startServer(place: Place, row: ServerRow): Promise<void> {
  await row.prepare?.(place);
  await startReady({
    cluster: place.row.name,
    program: row.name,
    command: [...place.inNetwork, ...row.command(place)],
    env: row.env?.(place) ?? {},
    log: join(place.directory, 'logs', `${row.name}.log`),
    isReady: () => row.isReady(place),
  });
}

async function startRegistry(): Promise<void> {
  const directory = join(STATE, 'registry');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'config.yml'), registryConfig(registryStorage(), REGISTRY));
  await startReady({
    cluster: 'machine',
    program: 'registry',
    command: ['/usr/bin/docker-registry', 'serve', join(directory, 'config.yml')],
    env: {},
    log: join(directory, 'registry.log'),
    isReady: () => registryAnswers(REGISTRY),
  });
}
