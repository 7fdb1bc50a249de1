import { expect, test } from 'vitest';
import { goOnCommand } from '../../../command/apply/go-on-command.ts';

test.each<[readonly string[], string]>([
  [['apply', '--yes'], 'mesh-federation apply --yes --from 40-remote'],
  [
    ['apply', '--from', '10-foundation', '--to', '70-workloads'],
    'mesh-federation apply --to 70-workloads --from 40-remote',
  ],
  [['apply', '--from=10-foundation', '-f', 'a b.yaml'], "mesh-federation apply -f 'a b.yaml' --from 40-remote"],
  [
    ['apply', '--context', 'host=$(id)', '--cacerts=; id'],
    "mesh-federation apply --context 'host=$(id)' '--cacerts=; id' --from 40-remote",
  ],
])('the command after %j is one that a user can read and copy', (given, expected) => {
  expect(goOnCommand(given, '40-remote')).toBe(expected);
});
