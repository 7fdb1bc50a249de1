import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { run } from '../machine/run.ts';
import { CHART_REPOSITORY, chartVersion } from '../tables/charts.ts';
import { chartRow, chartSource, helmCommand } from './charts.ts';

/** Serves charts, packed from their sources, as a repository on loopback. Returns a function that stops it. */
export async function serveCharts(names: readonly string[]): Promise<() => void> {
  const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-charts-'));
  for (const name of names) await packChart(name, directory);
  await run(helmCommand(['repo', 'index', directory, '--url', CHART_REPOSITORY]));
  const server = createServer((request, response) => {
    const file = readIfThere(join(directory, basename(request.url ?? '')));
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  const { hostname, port } = new URL(CHART_REPOSITORY);
  server.listen(Number(port), hostname);
  await once(server, 'listening');
  return () => {
    server.close();
    rmSync(directory, { recursive: true });
  };
}

async function packChart(name: string, directory: string): Promise<void> {
  const version = chartVersion(chartRow(name));
  await run(helmCommand(['package', chartSource(name, version), '--version', version, '--destination', directory]));
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
