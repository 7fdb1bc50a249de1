import { expect, test } from 'vitest';
import { runProgram } from '../../../operations/tools/run-program.ts';
import { binDirectory, listen } from '../../support/servers/process/listen.ts';
import { emptyClusters } from '../../support/servers/worlds/worlds.ts';

test('a process reaches the servers: arguments, standard input, both outputs and the exit code', async () => {
  const servers = emptyClusters(['host']);
  const { environment, close } = await listen(servers.run);
  const [port, path] = [process.env.SERVERS_PORT, process.env.PATH];
  Object.assign(process.env, environment);
  const kubectl = (words: readonly string[], input = '') =>
    runProgram({ program: `${binDirectory}/kubectl`, args: ['--context=host', ...words], input, timeoutSeconds: 30 });
  const data = { text: 'two\nlines, a "quote" and ä\n' };
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a b' }, data };
  try {
    const refused = await kubectl(['create', '--filename=-'], JSON.stringify(object));
    expect(refused).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('metadata.name') });
    const named = { ...object, metadata: { name: 'a' } };
    const made = await kubectl(['create', '--filename=-'], JSON.stringify(named));
    expect(made).toEqual({ kind: 'ended', exitCode: 0, stdout: 'configmap/a created\n', stderr: '' });
    const read = await kubectl(['get', 'configmap', 'a', '--output=jsonpath={.data.text}']);
    expect(read).toMatchObject({ stdout: data.text });
  } finally {
    Object.assign(process.env, { PATH: path, ...(port === undefined ? {} : { SERVERS_PORT: port }) });
    await close();
  }
});
