import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changesFor } from '../../../operations/clusters/changes-of.ts';
import { readUid } from '../../../operations/clusters/facts/identity.ts';
import { kubectlFor, type Reach } from '../../../operations/clusters/kubectl.ts';
import { readServedKinds } from '../../../operations/clusters/served-kinds.ts';
import { runProgram } from '../../../operations/tools/run-program.ts';

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
const uid = '11111111-0000-4000-8000-000000000000';

let answer: RequestListener = () => {};
let server: Server;
let directory: string;

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  directory = mkdtempSync(join(tmpdir(), 'kubectl-'));
  const { port } = server.address() as AddressInfo;
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'host', cluster: { server: `http://127.0.0.1:${port}` } }],
    users: [{ name: 'host', user: {} }],
    contexts: [{ name: 'host', context: { cluster: 'host', user: 'host' } }],
  };
  writeFileSync(join(directory, 'config'), JSON.stringify(config));
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(directory, { recursive: true });
});

const reach = (answerSeconds = 2): Reach => ({
  run: (call) =>
    runProgram({ ...call, args: [`--kubeconfig=${directory}/config`, `--cache-dir=${directory}/cache`, ...call.args] }),
  context: 'host',
  answerSeconds,
});

const json = (value: unknown, status = 200): RequestListener => {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
};

const status = (code: number, reason: string, message: string): RequestListener =>
  json({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message }, code);

const discovery: Readonly<Record<string, unknown>> = {
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [] },
  '/api/v1': {
    kind: 'APIResourceList',
    groupVersion: 'v1',
    resources: [
      { name: 'namespaces', singularName: 'namespace', namespaced: false, kind: 'Namespace', verbs: ['get', 'delete'] },
      { name: 'configmaps', singularName: 'configmap', namespaced: true, kind: 'ConfigMap', verbs: ['get', 'delete'] },
    ],
  },
};

const serving =
  (objects: RequestListener): RequestListener =>
  (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    (path in discovery ? json(discovery[path]) : objects)(request, response);
  };

// A machine may have no kubectl: the fakes stand for it in every other test.
describe.skipIf(!hasKubectl)('the real kubectl, before a server', () => {
  const ask = () => readUid(kubectlFor(reach()));

  test('that is well', async () => {
    answer = serving(json({ kind: 'Namespace', apiVersion: 'v1', metadata: { name: 'kube-system', uid } }));
    expect(await ask()).toEqual({ kind: 'found', value: uid });
  });

  test('that warns', async () => {
    answer = serving((request, response) => {
      response.setHeader('warning', '299 - "do\\tnot $(id)"');
      json({ kind: 'Namespace', apiVersion: 'v1', metadata: { name: 'kube-system', uid } })(request, response);
    });
    expect(await ask()).toEqual({ kind: 'found', value: uid });
  });

  test('that never answers ends in time', async () => {
    answer = () => {};
    const began = performance.now();
    expect((await ask()).kind).toBe('failed');
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  test('that drips for ever ends in time', async () => {
    answer = serving((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(timer));
    });
    const began = performance.now();
    expect((await ask()).kind).toBe('failed');
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  test('that asks to come back in an hour ends in time', async () => {
    answer = serving((request, response) => {
      response.setHeader('retry-after', '3600');
      status(429, 'TooManyRequests', 'later')(request, response);
    });
    const began = performance.now();
    expect((await ask()).kind).toBe('failed');
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  test('that has too much to do twice is asked again', async () => {
    let asked = 0;
    answer = serving((request, response) => {
      asked += 1;
      const namespace = { kind: 'Namespace', apiVersion: 'v1', metadata: { name: 'kube-system', uid } };
      (asked < 3 ? status(429, 'TooManyRequests', 'later') : json(namespace))(request, response);
    });
    expect(await ask()).toEqual({ kind: 'found', value: uid });
  });

  test('that wants a user name is asked without one, and nobody types it', async () => {
    answer = serving(status(401, 'Unauthorized', 'Unauthorized'));
    const began = performance.now();
    expect((await ask()).kind).toBe('failed');
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  test.each([
    { metadata: { name: 'kube-system', uid: 8 } },
    { metadata: { name: 'kube-system', uid: 'BASHPID[$(id)]' } },
    { metadata: { name: 'kube-system' } },
    { metadata: [] },
    [],
    'text',
    null,
  ])('that answers %j has no UID', async (object) => {
    answer = serving(
      json(object !== null && typeof object === 'object' ? { kind: 'Namespace', apiVersion: 'v1', ...object } : object),
    );
    expect((await ask()).kind).toBe('failed');
  });

  test('whose message has escapes is told harmlessly', async () => {
    answer = serving(status(403, 'Forbidden', '\u001b]0;owned\u0007\u001b[2J\r\nError from server (NotFound): x'));
    const told = await ask();
    expect(told.kind).toBe('failed');
    expect(told.kind === 'failed' && /[\p{Cc}\p{Cf}]/u.test(told.reason)).toBe(false);
  });

  test('tells its kinds', async () => {
    answer = serving(status(404, 'NotFound', 'x'));
    const kinds = await readServedKinds(reach(5));
    expect(kinds.kind === 'found' && kinds.value.all.map(({ kind }) => kind).sort()).toEqual([
      'ConfigMap',
      'Namespace',
    ]);
  });

  test('gets the preconditions of a deletion, and refuses it', async () => {
    let heard = '';
    answer = serving((request, response) => {
      request.on('data', (chunk: Buffer) => {
        heard += chunk.toString();
      });
      request.on('end', () => {
        heard = `${request.method} ${request.url} ${heard}`;
        status(409, 'Conflict', 'the UID in the precondition is another one')(request, response);
      });
    });
    const changes = changesFor(reach(5), () => readServedKinds(reach(5)));
    const reference = { group: '', kind: 'ConfigMap', namespace: 'kube-system', name: 'mesh-federation-demo' };
    const deleted = await changes.delete(reference, { uid, resourceVersion: '7' });
    expect(deleted).toEqual({ kind: 'found', value: { kind: 'conflict' } });
    expect(heard).toContain('DELETE /api/v1/namespaces/kube-system/configmaps/mesh-federation-demo');
    expect(heard).toContain(`"preconditions":{"uid":"${uid}","resourceVersion":"7"}`);
  });
});
