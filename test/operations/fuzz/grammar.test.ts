import { describe, expect, test } from 'vitest';
import { grammarFor } from '../../support/fuzz/grammar.ts';

const isAllowed = grammarFor(['host', 'admin@member [prod] (eu)']);
const at = ['--context=host', '--request-timeout=30s'];
const remove = (path: string): readonly string[] => ['kubectl', ...at, 'delete', `--raw=${path}`, '--filename=-'];
const ask = (...words: readonly string[]): readonly string[] => [
  'kubectl',
  ...at,
  ...['get', '--output=json', '--ignore-not-found', '--'],
  ...words,
];

describe('the grammar of calls allows', () => {
  test.each([
    [['kubectl', 'version', '--client', '--output=json']],
    [['kubectl', '--context=admin@member [prod] (eu)', '--request-timeout=5s', 'get', '--raw=/version']],
    [ask('namespace', 'kube-system')],
    [remove('/apis/apps/v1/namespaces/sample/deployments/sleep')],
    [remove('/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/mesh-federation')],
    [remove('/api/v1/namespaces/kube-system/configmaps/mesh-federation-demo')],
    [['istioctl', 'create-remote-secret', '--context=host', '--name=member']],
  ])('%j', (call) => expect(isAllowed(call)).toBe(true));
});

// A check that cannot fail proves nothing.
describe('the grammar of calls refuses', () => {
  test.each([
    ['another program', ['sh', '-c', 'id']],
    ['a path in place of a program', ['/tmp/kubectl', 'version', '--client', '--output=json']],
    ['no context', ['kubectl', 'get', '--output=json', '--ignore-not-found', '--', 'nodes']],
    [
      'a context that the plan does not have',
      ['kubectl', '--context=prod', '--request-timeout=5s', 'get', '--raw=/version'],
    ],
    [
      'the context as a pattern',
      ['kubectl', '--context=admin@member p (eu)', '--request-timeout=5s', 'get', '--raw=/version'],
    ],
    ['a second context', ['kubectl', ...at, '--context=prod', 'get', '--raw=/version']],
    ['another path', ['kubectl', ...at, 'get', '--raw=/api/v1/secrets']],
    ['another verb', ['kubectl', ...at, 'edit', '--', 'nodes']],
    ['an option in place of a name', ask('namespace', '--all')],
    ['a kind that nobody asks for', ask('secrets.example.org', 'bank')],
    ['a shell in place of a name', ask('namespace', '$(id)')],
    ['what a terminal obeys', ask('namespace', 'a\u001b[2J')],
    ['two words in one', ask('namespace', 'a b')],
    ['two lines in one', ask('namespace', 'a\n--all')],
    ['a zero byte', ask('namespace', 'a\0--all')],
    ['an empty name', ask('namespace', '')],
    ['a namespace of Kubernetes', remove('/api/v1/namespaces/default')],
    ['an object of kube-system', remove('/api/v1/namespaces/kube-system/secrets/bank')],
    ['a ConfigMap of kube-system that is not ours', remove('/api/v1/namespaces/kube-system/configmaps/coredns')],
    ['a whole list', remove('/apis/apps/v1/namespaces/sample/deployments')],
    ['a path that goes up', remove('/api/v1/namespaces/sample/secrets/..')],
    ['a path with a question', remove('/api/v1/namespaces/sample/secrets/a?dryRun=All')],
    [
      'a file',
      ['kubectl', ...at, 'apply', '--server-side', '--field-manager=mesh-federation', '--filename=/etc/passwd'],
    ],
    ['another manager', ['kubectl', ...at, 'apply', '--server-side', '--field-manager=kubectl', '--filename=-']],
    ['an option as the name of a cluster', ['istioctl', 'create-remote-secret', '--context=host', '--name=--x']],
    [
      'two values in one',
      [
        'istioctl',
        'install',
        '--context=host',
        '--filename=-',
        '--skip-confirmation',
        '--readiness-timeout=5s',
        '--set',
        'a=b,c=d',
      ],
    ],
    ['a chart of a file', ['helm', 'show', 'crds', './kubefed', '--repo=https://a.example', '--version=0.10.0']],
    [
      'a longer script in a pod',
      ['kubectl', ...at, 'exec', '--namespace=sample', 'pod/a', '--', 'sh', '-c', 'command -v curl; id'],
    ],
  ])('%s', (_, call) => expect(isAllowed(call)).toBe(false));

  test('everything, if the plan has no context', () => {
    expect(grammarFor([])(['kubectl', ...at, 'get', '--raw=/version'])).toBe(false);
    expect(grammarFor([])(['kubectl', '--context=', '--request-timeout=5s', 'get', '--raw=/version'])).toBe(false);
  });
});
