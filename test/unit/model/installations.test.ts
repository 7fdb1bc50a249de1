import { join } from 'node:path';
import { dump } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { loadFederation } from '../../../constructs/index.ts';
import { makeProject } from '../../support/project.ts';

/** The message that a user reads about a declaration with this mesh and this federation. */
function messageOf({ istio = {}, federation = {} }): string {
  const declaration = {
    name: 'demo',
    istio: { version: '1.31.4', ...istio },
    federation: { engine: 'kubefed', version: '0.10.0', ...federation },
    clusters: [
      { name: 'host', role: 'host', network: 'network1' },
      { name: 'member', role: 'member', network: 'network2' },
    ],
  };
  try {
    loadFederation(join(makeProject({ 'federation.yaml': dump(declaration) }), 'federation.yaml'));
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('engine-can-be-installed', () => {
  test('refuses to install engine: plain', () => {
    const message = messageOf({ federation: { engine: 'plain', version: undefined, install: true } });
    expect(message).toContain('remove install: there is nothing to install');
  });

  test('refuses the KubeFed of the tutorial', () => {
    const message = messageOf({ istio: { version: '1.7.2' }, federation: { version: '0.4.1', install: true } });
    expect(message).toContain('[engine-can-be-installed]');
    expect(message).toContain('no installation of KubeFed 0.4.1');
  });

  test('accepts a declaration without an installation', () => {
    expect(messageOf({ federation: { install: false } })).toBe('');
  });
});

describe('chart-repository-is-a-url', () => {
  const repositoryIsRefused = (chartRepository: string) =>
    messageOf({ federation: { install: true, chartRepository } }).includes('[chart-repository-is-a-url]');

  test.each([
    'https://charts.example',
    'http://127.0.0.1:8879',
    'https://[2001:db8::1]:8443/charts',
    'oci://charts.example:5000/team/kubefed',
    'https://charts.example/a~b/c%20d/e_f.g',
  ])('%s is a URL', (url) => expect(repositoryIsRefused(url)).toBe(false));

  test.each([
    'charts.example',
    'file:///charts',
    'https://',
    'https://user:word@charts.example',
    'https://charts.example/',
    'https://charts.example/charts?token=x',
    'https://charts.example/$(touch x)',
    'https://charts.example/a b',
    'https://-repo',
    '--repo=https://charts.example',
  ])('%s is refused', (url) => expect(repositoryIsRefused(url)).toBe(true));
});

test('chart-repository-is-read: each repository has an installer that reads it', () => {
  const chartRepository = 'https://charts.example';
  const istio = { installer: 'helm', chartRepository };
  expect(messageOf({ istio, federation: { install: true, chartRepository } })).toBe('');
});
