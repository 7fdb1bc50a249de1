import { afterAll, beforeAll, expect, test } from 'vitest';
import { environment } from '../../environment.ts';
import { startApiServer, stopApiServer } from '../../kubernetes/faults.ts';
import { type Identity, makeIdentity } from '../../kubernetes/identity.ts';
import { makeRootOfTrust, type Trust } from '../../mesh/trust.ts';
import { disturbedAt, tryOperation } from '../../product/operation.ts';
import { clusterFor, clustersOf } from '../../product/output.ts';
import { wishesOf } from '../script/wishes.ts';

const [output] = environment().synthesized;
if (output === undefined) throw new Error('there is no output to apply');
const [host, member] = clustersOf(output).map((name) => clusterFor(output, name));
if (host === undefined || member === undefined) throw new Error('this takes a host and a member');

const everything = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
let trust: Trust;
let somebody: Identity;

/** The options of each run. A server that does not answer must not cause long waits. */
const options = () => ['--cacerts', trust.directory, '--timeout', '90'];

beforeAll(async () => {
  trust = await makeRootOfTrust();
  for (const name of clustersOf(output)) await trust.issue(name);
  somebody = await makeIdentity(host, 'somebody', everything);
});

afterAll(() => {
  trust.forget();
  somebody.forget();
});

/** The place where a run stopped, and its advice for continuing. */
function expectStopped(stderr: string, where: RegExp): void {
  expect(stderr).toMatch(where);
  expect(stderr).toMatch(/\n {2}go on with: mesh-federation apply .* --yes .* --from \d\d-[a-z-]+\n$/);
}

test('a token that is revoked in the middle: the run stops, and says why and where', async () => {
  const words = [...options(), '--context', `host=${somebody.context}`];
  const kubeconfigs = [somebody.kubeconfig];
  const { status, stderr } = await disturbedAt(output, '10-foundation', words, somebody.revoke, { kubeconfigs });
  expect(status, stderr).toBe(1);
  expect(stderr).toMatch(/Unauthorized|must be logged in|provide credentials/);
  expectStopped(stderr, /\nstopped in wave \d\d-[a-z-]+ on (cluster host|clusters host, member) after [\d.]+ s\n/);
  // When run again with it, it starts nothing.
  const again = await tryOperation(output, words, { kubeconfigs: [somebody.kubeconfig] });
  expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('1 problem, nothing was changed')]);
});

test('with a valid token it continues, until somebody presses Ctrl-C', async () => {
  const { status, stderr } = await disturbedAt(output, '30-gateways', options(), (signal) => signal('SIGINT'));
  expect(status, stderr).toBe(130);
  expect(stderr).toContain('\ninterrupted: running steps finish; interrupt again to end them\n');
  expectStopped(stderr, /\nstopped in wave 30-gateways on cluster host after [\d.]+ s\n/);
});

test('an API server that fails in the middle: the run stops, and says why and where', async () => {
  const gone = () => stopApiServer(member);
  const { status, stderr } = await disturbedAt(output, '40-remote', options(), gone);
  expect(status, stderr).toBe(1);
  expect(stderr).toMatch(/connection refused|was refused|connection reset|EOF/);
  expectStopped(stderr, /\nstopped in wave 40-remote on cluster member after [\d.]+ s\n/);
  const again = await tryOperation(output, options());
  expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('1 problem, nothing was changed')]);
  expect(again.stderr).toContain('member: context member does not answer');
});

test('when it is back, a run completes', async () => {
  await startApiServer(member);
  const { status, stderr } = await tryOperation(output, options());
  expect(stderr).toContain('70-workloads  member  apply');
  expect(status, stderr).toBe(0);
});

test('and another run changes no object', async () => {
  const before = await wishesOf(output);
  const { status, stderr } = await tryOperation(output, options());
  expect(status, stderr).toBe(0);
  expect(await wishesOf(output)).toEqual(before);
});
