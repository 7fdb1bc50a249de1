import { describe, expect, test } from 'vitest';
import { thinGrammarFor } from '../../support/thin/grammar.ts';

const isAllowed = thinGrammarFor(['host']);
const at = ['--context=host', '--request-timeout=30s'];
const change = ['--context=host', '--request-timeout=60s'];
const applied = ['apply', '--server-side', '--field-manager=mesh-federation'];

describe('the grammar of the scripts allows', () => {
  test.each([
    [['kubectl', ...at, 'get', 'secret/cacerts', '--output=jsonpath={.metadata.name}', '--namespace=istio-system']],
    [['kubectl', ...change, ...applied, '--kustomize=/srv/out put/host/10-foundation', '--dry-run=server']],
    [['istioctl', 'x', 'create-remote-secret', '--context=host', '--name=member']],
  ])('%j', (call) => expect(isAllowed(call)).toBe(true));
});

// A check that cannot fail proves nothing.
describe('the grammar of the scripts refuses', () => {
  test.each([
    ['another program', ['touch', 'PWNED']],
    ['another context', ['kubectl', '--context=PWNED', '--request-timeout=60s', 'create', '--filename=-']],
    ['a second context', ['kubectl', ...change, '--context=PWNED', 'create', '--filename=-']],
    ['a kubeconfig', ['kubectl', ...change, '--kubeconfig=PWNED', 'create', '--filename=-']],
    ['words in another order', ['kubectl', 'create', '--filename=-', ...change]],
    ['a file', ['kubectl', ...change, 'create', '--filename=PWNED']],
    ['a directory outside', ['kubectl', ...change, ...applied, '--kustomize=/srv/PWNED']],
    ['an option in place of a kind', ['kubectl', ...at, 'get', '--all', '--output=jsonpath=x']],
    ['two lines in one', ['kubectl', ...at, 'get', 'secret', '--output=jsonpath=x\n--all']],
    ['the deletion of anything else', ['kubectl', ...change, 'delete', 'secret/bank', '--namespace=istio-system']],
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
    [
      'a script of somebody else',
      ['kubectl', ...at, '--request-timeout=75s', '--namespace=sample', 'exec', 'a', '--', 'sh', '-c', 'id'],
    ],
  ])('%s', (_, call) => expect(isAllowed(call)).toBe(false));
});
