import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { editOutput } from '../../support/fuzz/edit-output.ts';
import { prints } from '../../support/servers/interruptions.ts';
import type { Servers } from '../../support/servers/servers.ts';
import { defaultWorld } from '../../support/servers/worlds/worlds.ts';
import { nothing, runThin, type ThinRun } from '../../support/thin/run-thin.ts';
import { applyTo, dist } from '../apply/apply-run.ts';

// What fuzzing has found, each by itself.

function copyOfOutput(): string {
  const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-found-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  cpSync(dist, directory, { recursive: true });
  return directory;
}

function addToRecord(servers: Servers, context: string, row: string): void {
  const { server } = servers.cluster(context);
  const kind = server.kinds.named('configmaps');
  if (kind === undefined) throw new Error('the server has no ConfigMaps');
  const { data } = server.get({ kind, namespace: 'kube-system', name: 'mesh-federation-demo' });
  (data as Record<string, string>)['objects.tsv'] += row;
}

describe('before the first change', () => {
  test('a kustomization that is no YAML is a mistake of the output', async () => {
    const directory = copyOfOutput();
    editOutput(directory, 'member/70-workloads/kustomization.yaml', (text) => `${text}no YAML\n`);
    const servers = defaultWorld();
    await expect(applyTo(servers, { directory })).rejects.toThrow(
      'no inventory has the files of member/70-workloads; synthesize again',
    );
    expect(servers.calls).toEqual([]);
  });

  test.each(['\u001b[2J', '../../somebody/elses', '/etc/passwd', ''])(
    'a file of an inventory with the name %j is a mistake of the output, and is not read',
    async (name) => {
      const directory = copyOfOutput();
      editOutput(directory, 'host/inventory.json', (text) =>
        text.replace('10-foundation/namespaces.yaml', JSON.stringify(name).slice(1, -1)),
      );
      await expect(applyTo(defaultWorld(), { directory })).rejects.toThrow(
        'host/inventory.json is not one that synth writes',
      );
    },
  );

  test('a cluster that does not tell what pruning would delete is a problem', async () => {
    const servers = defaultWorld();
    await applyTo(servers);
    addToRecord(servers, 'member', '70-workloads\t-\tConfigMap\tdefault\tformer\n');
    const before = servers.snapshot();
    // Asked for the second time, for the summary.
    const seen = new Set<string>();
    servers.setOnCall((_, { context, args }) => {
      if (context !== 'member' || !args.includes('--selector=app.kubernetes.io/managed-by=mesh-federation'))
        return undefined;
      if (seen.has(context)) return prints('$(touch PWNED)');
      seen.add(context);
      return undefined;
    });
    const { exitCode, said } = await applyTo(servers, { prunes: true });
    expect(said).toContain(
      'error: 1 problem, nothing was changed\n  cannot tell whether member has the record of another federation: its answer has another form',
    );
    expect(exitCode).toBe(1);
    expect(servers.snapshot()).toEqual(before);
  });
});

describe('verify.sh', () => {
  const withObjects = (edit: (text: string) => string): ThinRun => {
    const change = (directory: string): void => {
      const path = join(directory, 'objects.tsv');
      writeFileSync(path, edit(readFileSync(path, 'utf8')));
    };
    return runThin('verify.sh', ['--timeout', '1', '--calls', '0'], { ...nothing, change });
  };

  test('asks for no namespace without a name if a cluster has no Deployment of its own', () => {
    const { status, words } = withObjects((text) => text.replace(/^.*\tDeployment\tsample\t.*\n/gm, ''));
    expect(status).toBe(0);
    expect(words.flat()).not.toContain('--namespace=');
  });

  test('shows no more than 100 characters of each answer of a pod', () => {
    const answer = Buffer.alloc(1_000_000, 'a ');
    const { status, said } = runThin('verify.sh', ['--timeout', '1'], { ...nothing, part: 'curl --silent', answer });
    expect(status).toBe(1);
    expect(said.length).toBeLessThan(2000);
  });

  test('asks for no namespace of another form than a name', () => {
    const { status, words } = withObjects((text) => `${text}host\t70-workloads\tapps\tDeployment\tPWNED\tx\n`);
    expect(status).toBe(0);
    expect(words.flat()).not.toContain('--namespace=PWNED');
  });
});
