import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import homes from './homes.json' with { type: 'json' };
import { readRecording } from './recorded/recording.ts';

const root = join(import.meta.dirname, '../..');

/** Where the promise of a test of bats is kept now, or why it is no longer made. */
type Home = { readonly file: string; readonly test: string } | { readonly reason: string };

const homesOf: Readonly<Record<string, Readonly<Record<string, Home>>>> = homes;
const testsOf = readRecording().tests;

// A name of a test, or of a case in a table of tests.
function hasTest(file: string, name: string): boolean {
  if (!existsSync(join(root, file))) return false;
  const text = readFileSync(join(root, file), 'utf8');
  const quoted = ["'", '"', '`'].map((quote) => `${quote}${name}${quote}`);
  return quoted.some((name) => text.includes(name));
}

describe.each(Object.keys(testsOf))('of %s.bats', (suite) => {
  test('each test has a home', () => {
    expect(Object.keys(homesOf[suite] ?? {})).toEqual(testsOf[suite]);
  });

  test('each home is a test that exists, or has a reason', () => {
    const lost = Object.entries(homesOf[suite] ?? {}).filter(([, home]) =>
      'reason' in home ? home.reason.length < 20 : !hasTest(home.file, home.test),
    );
    expect(lost).toEqual([]);
  });
});
