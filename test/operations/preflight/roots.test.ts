import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCacerts } from '../../../operations/preflight/cacerts.ts';
import type { Cacerts } from '../../../operations/run/cacerts.ts';
import { type Certificates, makeCertificates } from '../../support/preflight/certificates.ts';
import { expecting, type RunOptions, runPreflight } from '../../support/preflight/run-preflight.ts';
import { fails, prints } from '../../support/servers/interruptions.ts';
import type { ServerOptions, Servers } from '../../support/servers/servers.ts';
import { cacerts, kubefedOn, namespace } from '../../support/servers/worlds/registered.ts';
import { defaultWorld, urlOf } from '../../support/servers/worlds/worlds.ts';

let made: Certificates;
beforeAll(() => {
  made = makeCertificates();
  for (const root of ['one', 'other']) made.make(root);
  for (const cluster of ['host', 'member']) made.give(cluster, 'other');
});
afterAll(() => made.forget());

const pem = (name: string): string => readFileSync(join(made.directory, `${name}.pem`), 'utf8');
const fingerprint = (name: string): string =>
  new X509Certificate(pem(name)).fingerprint256.replaceAll(':', '').toLowerCase();
const files = (): ReadonlyMap<string, Cacerts> => readCacerts(join(made.directory, 'ca'), ['host', 'member']);

// Null: the cluster has no Secret.
function worldWith(host: string | null, member: string | null, options: ServerOptions = {}): Servers {
  const secret = (root: string | null): readonly object[] => (root === null ? [] : [cacerts(pem(root))]);
  const kubefed = kubefedOn({ host: urlOf(0), member: urlOf(1) });
  const istio = namespace('istio-system');
  return defaultWorld(options, {
    host: { holds: [...kubefed, istio, ...secret(host)] },
    member: { holds: [istio, ...secret(member)] },
  });
}

const textsOf = async (servers: Servers, options: RunOptions = {}): Promise<readonly string[]> =>
  (await runPreflight(servers, options)).problems.map(({ problem }) => problem);

describe('the roots', () => {
  test('accepts one root', async () => {
    expect(await runPreflight(worldWith('one', 'one'))).toEqual({ problems: [], warnings: [] });
  });

  test('refuses two clusters with two roots, and names both fingerprints', async () => {
    expect(await textsOf(worldWith('one', 'other'))).toEqual([
      [
        'there are 2 root certificates, and calls between their clusters would fail:',
        `      ${fingerprint('one')}`,
        '        host, Secret istio-system/cacerts',
        `      ${fingerprint('other')}`,
        '        member, Secret istio-system/cacerts',
      ].join('\n'),
    ]);
  });

  test('refuses a directory whose root is not that of the clusters or of the lock', async () => {
    const settings = { cacerts: files() };
    const [ofClusters = ''] = await textsOf(worldWith('one', null), { settings });
    expect(ofClusters.split('\n')).toContain('        --cacerts, member/root-cert.pem');
    const locked = (name: string): RunOptions => ({
      settings,
      change: expecting('host', { rootFingerprint: fingerprint(name) }),
    });
    const [ofLock = ''] = await textsOf(worldWith(null, null), locked('one'));
    expect(ofLock.split('\n')).toContain('        the lock, host');
    expect(await textsOf(worldWith(null, null), locked('other'))).toEqual([]);
  });

  test.each([
    ['no certificate', prints('"b25lIHJvb3Q="'), 'the root in Secret istio-system/cacerts is not a certificate'],
    [
      'no answer',
      fails('Error from server (Forbidden): \u001b[2Jsecrets'),
      'Error from server (Forbidden): \\u{1b}[2Jsecrets',
    ],
    ['no text', prints('evil'), 'its answer has another form'],
  ])('are unknown if a cluster tells none: %s', async (_, answer, reason) => {
    const onCall: ServerOptions['onCall'] = (_, { context, args }) =>
      context === 'member' && args.some((word) => word.startsWith('--output=go-template')) ? answer : undefined;
    const { problems, warnings } = await runPreflight(worldWith('one', 'one', { onCall }));
    expect(problems).toEqual([]);
    expect(warnings).toEqual([`member does not tell its root certificate: ${reason}`]);
  });

  test('no question asks for a private key', async () => {
    const servers = worldWith('one', 'one');
    await runPreflight(servers);
    const ofSecrets = servers.calls.filter(({ args }) => args.includes('secret'));
    expect(ofSecrets).toHaveLength(2);
    for (const { args } of ofSecrets)
      expect(args).toContainEqual(expect.stringContaining('index .data "root-cert.pem"'));
  });
});

describe('the Secret cacerts in time', () => {
  test('refuses to install Istio without cacerts in a run that starts after the wave of cacerts', async () => {
    const late = { from: '20-control-plane' };
    expect((await runPreflight(worldWith('one', null), late)).problems).toEqual([
      {
        problem: 'member: there is no Secret istio-system/cacerts, and no step of this run creates it',
        fix: 'start with an earlier wave, and name the directory of the intermediate CAs: --cacerts DIRECTORY',
      },
    ]);
    expect(await textsOf(worldWith(null, null), late)).toHaveLength(2);
    expect(await textsOf(worldWith('one', 'one'), late)).toEqual([]);
  });

  test('is waited for by the step of its wave', async () => {
    expect(await textsOf(worldWith(null, null))).toEqual([]);
  });

  test('is not needed where the run installs no Istio', async () => {
    const istio = { from: '60-federation', only: ['member'] };
    expect(await textsOf(worldWith(null, null), istio)).toEqual([]);
  });

  test('may have its root under another key', async () => {
    const secret = { ...cacerts(), stringData: { 'ca.crt': 'any', 'tls.crt': 'any' } };
    const member = { holds: [namespace('istio-system'), secret] };
    const servers = defaultWorld({}, { member });
    const problems = await textsOf(servers, { from: '20-control-plane', only: ['member'] });
    expect(problems.filter((text) => text.includes('no Secret'))).toEqual([]);
  });

  test('is unknown if the cluster does not tell', async () => {
    const onCall: ServerOptions['onCall'] = (_, { context, args }) =>
      context === 'member' && args.includes('secret') ? fails('error: gone') : undefined;
    expect(await textsOf(worldWith('one', 'one', { onCall }), { from: '20-control-plane' })).toEqual([
      'member does not tell whether it has the Secret istio-system/cacerts: error: gone',
    ]);
  });
});
