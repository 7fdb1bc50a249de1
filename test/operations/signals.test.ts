import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { makeProject } from '../support/project.ts';
import { runCommand } from '../support/run-command.ts';

const root = join(import.meta.dirname, '../..');
// The output of this repository has two clusters.
const output = ['-f', join(root, 'federation.yaml'), '-o', join(root, 'dist')];
const node = [
  '--require',
  join(root, 'constructs/preload.cjs'),
  '--require',
  join(root, 'node_modules/tsx/dist/cjs/index.cjs'),
];

// It hangs together with a program that it has started, such as a credential plugin, and writes down both.
const kubectl = `#!/bin/sh
sleep 77 &
echo "$$ $!" >> "$PIDS"
wait
`;

function statesOf(pids: readonly string[]): readonly string[] {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pids.join(',')], { encoding: 'utf8' });
  // The state Z has a process that has ended, and for which nobody has waited.
  return stdout.split('\n').filter((state) => /^[^Z]/.test(state.trim()));
}

async function until(isDone: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !isDone(); tries += 1) await wait(50);
}

const endOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    child.once('exit', resolve);
  });

test.for([
  // Each asks one of the clusters alone at first: a credential plugin may ask.
  ['discover', 'SIGINT', 130, 2],
  ['discover', 'SIGHUP', 129, 2],
  ['verify', 'SIGTERM', 143, 2],
] as const)(
  '%s ends every kubectl and its children at %s, and exits with %d',
  async ([command, signal, exitCode, programs]) => {
    const project = makeProject({ kubectl });
    chmodSync(join(project, 'kubectl'), 0o755);
    const pids = join(project, 'pids');
    const child = spawn(process.execPath, [...node, join(root, 'command/main.ts'), command, ...output], {
      env: { ...process.env, PATH: `${project}${delimiter}${process.env.PATH}`, PIDS: pids },
      stdio: 'ignore',
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const end = endOf(child);
    const started = (): readonly string[] =>
      existsSync(pids) ? readFileSync(pids, 'utf8').split(/\s/).filter(Boolean) : [];
    await until(() => started().length === programs);
    expect(statesOf(started())).toHaveLength(programs);
    child.kill(signal);
    expect(await end).toBe(exitCode);
    await until(() => statesOf(started()).length === 0);
    expect(statesOf(started())).toEqual([]);
  },
);

// A credential plugin asks for a password once, and not for each cluster at the same time.
test.for(['discover', 'status', 'verify'])(
  '%s has the answer of one cluster before it asks others',
  async (command) => {
    const busy = '#!/bin/sh\necho begin >> "$PIDS"\nsleep 0.3\necho end >> "$PIDS"\nexit 1\n';
    const project = makeProject({ kubectl: busy });
    chmodSync(join(project, 'kubectl'), 0o755);
    const former = { PATH: process.env.PATH, PIDS: process.env.PIDS };
    onTestFinished(() => void Object.assign(process.env, former));
    Object.assign(process.env, { PATH: `${project}${delimiter}${former.PATH}`, PIDS: join(project, 'pids') });
    await runCommand([command, ...output]);
    expect(readFileSync(join(project, 'pids'), 'utf8')).toBe('begin\nend\nbegin\nend\n');
  },
);

test.for(['discover', 'verify'])('%s leaves no listeners of signals behind', async (command) => {
  const former = process.listenerCount('SIGINT');
  await runCommand([command, '-o', join(makeProject({}), 'nowhere')]);
  expect(process.listenerCount('SIGINT')).toBe(former);
});
