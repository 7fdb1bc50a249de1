import { expect, test } from 'vitest';
import { asWritten, belowPilot } from '../../../../constructs/model/schemas/pilot-values.ts';

test.each([
  [{}, {}],
  [
    { global: {}, pdb: {} },
    { global: {}, pdb: {} },
  ],
  [{ env: { A: '1' } }, { pilot: { env: { A: '1' } } }],
  [{ env: { A: '1', B: '1' }, pilot: { env: { A: '2' } } }, { pilot: { env: { A: '2', B: '1' } } }],
  [
    { env: {}, pilot: 7 },
    { env: {}, pilot: 7 },
  ],
])('%j', (values, expected) => {
  expect(belowPilot(values)).toEqual(expected);
});

test('a path is named as the user has written it', () => {
  const values = { env: { A: '1' }, pilot: { hub: 'a' } };
  expect(asWritten(values, ['pilot', 'env', 'A'])).toEqual(['env', 'A']);
  expect(asWritten(values, ['pilot', 'hub'])).toEqual(['pilot', 'hub']);
  expect(asWritten(values, ['global'])).toEqual(['global']);
});
