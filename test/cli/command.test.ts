import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { test } from '../support/command-test.ts';

const root = join(import.meta.dirname, '../..');

describe('wrong use exits with 2 and names the right use', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['', 'Usage: mesh-federation'],
    ['synt', 'Did you mean synth?'],
    ['synth --chek', 'Did you mean --check?'],
    ['synth more', 'too many arguments'],
    ['help snyth', 'Did you mean synth?'],
    ['synth -f', 'argument missing'],
    ['init', "missing required argument 'directory'"],
    ['init x --engine kubfed', 'Allowed choices are kubefed, karmada, plain'],
    ['init x --clusters a,b --from-kubeconfig', 'cannot be used with option'],
  ];

  test.for(wrong)('%s', async ([words, message], { run }) => {
    const { status, out, err } = await run(...words.split(' ').filter((word) => word !== ''));
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
  });
});

test('help and the version are no mistakes', async ({ run }) => {
  for (const words of [['--help'], ['synth', '--help'], ['init', '-h'], ['help', 'synth']])
    expect(await run(...words)).toMatchObject({ status: 0, err: '', out: expect.stringContaining('Usage:') });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(await run('--version')).toEqual({ status: 0, out: `${version}\n`, err: '' });
});
