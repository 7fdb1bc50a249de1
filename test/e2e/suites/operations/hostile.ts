import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Cluster, Synthesized } from '../../environment.ts';
import { tryOperation } from '../../product/operation.ts';
import { everythingIn } from '../destroy/everything.ts';
import { serveHostile, uid } from './hostile-server.ts';
import { answerSeconds, mannersOf } from './manners.ts';

/** Seconds within which the command ends: its own start, and some answers for which it waits one after the other. */
const bound = 60;

/** Tests that a cluster whose API server is hostile does no harm to the machine of the user and to the other cluster. */
export function describeHostileServers(output: Synthesized, host: Cluster, options: () => readonly string[]): void {
  const root = mkdtempSync(join(tmpdir(), 'mesh-federation-hostile-'));
  const trap = join(root, 'obeyed');
  afterAll(() => rmSync(root, { recursive: true }));

  test.each(mannersOf(trap))('$name', async (manner) => {
    const server = await serveHostile(manner);
    const kubeconfig = join(root, 'kubeconfig');
    const log = join(root, 'log');
    rmSync(log, { force: true });
    writeFileSync(kubeconfig, kubeconfigOf(server.url), { mode: 0o600 });
    const before = await everythingIn(host);
    const words = ['--context', 'member=hostile', '--request-timeout', String(answerSeconds), '--timeout', '10'];
    const began = Date.now();
    const invocation = { kubeconfigs: [kubeconfig], expects: { member: uid } };
    const { status, stdout, stderr } = await tryOperation(output, [...options(), ...words, '--log', log], invocation);
    const seconds = (Date.now() - began) / 1000;
    await server.close();
    expect(status, stderr).toBe(1);
    expect(seconds, stderr).toBeLessThan(bound);
    expect(`${stdout}${stderr}`).not.toMatch(/[^\P{C}\n\t]/u);
    expect(stderr).toMatch(/^error: \d+ problems?, nothing was changed$/m);
    expect(server.asked).toContain(manner.isKnown ? '/api/v1/namespaces/kube-system/configmaps' : '/api');
    expect(server.changes).toEqual([]);
    expect(existsSync(trap)).toBe(false);
    expect(programsIn(log)).toEqual(['kubectl']);
    expect(await everythingIn(host)).toEqual(before);
  });
}

function programsIn(log: string): readonly string[] {
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  return [...new Set(lines.map((line) => (JSON.parse(line) as { program: string }).program))];
}

function kubeconfigOf(server: string): string {
  const name = 'hostile';
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server } }],
    users: [{ name, user: { token: name } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
}
