import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ask } from '../../support/servers/ask.ts';
import { makeServers } from '../../support/servers/servers.ts';

interface Recorded {
  readonly args: readonly string[];
  readonly input: string;
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

// What kubectl 1.34.4 said in front of a kube-apiserver 1.34.4 without controllers, in this order.
const recorded: readonly Recorded[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/kubectl/answers.json'), 'utf8'),
);

// Each server has UIDs, versions and times of its own; JSON is the same in whatever order.
function comparable({
  code,
  out,
  err,
}: {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}): unknown {
  const plain = (text: string): string =>
    text
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'UID')
      .replace(/("resourceVersion": ?"?|ResourceVersion in record \()\d+/g, '$1N')
      .replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, 'TIME');
  return { code, out: out.startsWith('{') ? JSON.parse(plain(out)) : plain(out), err: plain(err) };
}

describe('kubectl answers as a real one', async () => {
  const servers = makeServers({ host: { isKarmada: true } });
  servers.cluster('host').paused.add('deletion').add('namespaces');
  const answers: unknown[] = [];
  for (const { args, input } of recorded) {
    const result = await servers.run({ program: 'kubectl', args, input, timeoutSeconds: 30 });
    if (result.kind === 'ended')
      answers.push(comparable({ code: result.exitCode, out: result.stdout, err: result.stderr }));
  }
  const cases = recorded.map((one, index) => ({ title: `${index}: ${one.args.slice(1).join(' ')}`, one, index }));
  test.each(cases)('$title', ({ one, index }) => expect(answers[index]).toEqual(comparable(one)));
});

describe('what depends on other objects', () => {
  const configMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'one' },
    data: { key: '1' },
  };
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'one' } };
  const finalizers = { metadata: { finalizers: ['example.com/wait'] } };

  test('a namespace goes with everything in it, once no finalizer holds anything', async () => {
    const { run } = makeServers({ host: { holds: [namespace, configMap] } });
    const patch = 'kubectl --context=host patch configmap a -n one --type=merge -p';
    await ask(run, `${patch} ${JSON.stringify(finalizers)}`);
    expect(await ask(run, 'kubectl --context=host delete namespace one --timeout=1s')).toMatchObject({ code: 1 });
    expect((await ask(run, 'kubectl --context=host get ns one -o jsonpath={.status.phase}')).out).toBe('Terminating');
    await ask(run, `${patch} {"metadata":{"finalizers":null}}`);
    expect((await ask(run, 'kubectl --context=host get ns one')).err).toContain('"one" not found');
  });

  test('a deletion with preconditions deletes the object that was meant, and no other one with its name', async () => {
    const { run } = makeServers({ host: { holds: [namespace, configMap] } });
    const uid = (await ask(run, 'kubectl --context=host get cm a -n one -o jsonpath={.metadata.uid}')).out;
    const remove = 'kubectl --context=host delete --raw=/api/v1/namespaces/one/configmaps/a --filename=-';
    await ask(run, 'kubectl --context=host delete cm a -n one');
    await ask(run, 'kubectl --context=host create -f -', configMap);
    expect((await ask(run, remove, { preconditions: { uid } })).err).toContain('Error from server (Conflict)');
    const fresh = (await ask(run, 'kubectl --context=host get cm a -n one -o jsonpath={.metadata.uid}')).out;
    expect(await ask(run, remove, { preconditions: { uid: fresh } })).toMatchObject({ code: 0 });
  });

  test('an apply again changes nothing, and the version stays', async () => {
    const { run, calls } = makeServers({ host: { holds: [namespace] } });
    const apply = 'kubectl --context=host apply --server-side --field-manager=x -f -';
    await ask(run, apply, configMap);
    await ask(run, apply, configMap);
    expect(calls.map(({ changed }) => changed)).toEqual([['host created ConfigMap/one/a'], []]);
    await ask(run, apply, { ...configMap, data: { other: '2' } });
    expect((await ask(run, 'kubectl --context=host get cm a -n one -o jsonpath={.data}')).out).toBe('{"other":"2"}');
  });
});
