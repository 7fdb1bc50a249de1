import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NOT_FOR_SERVERS, OVERRIDE_MISTAKES } from '../e2e/suites/federation/override-mistakes.ts';
import { PATH_MISTAKES } from '../e2e/suites/federation/path-mistakes.ts';
import { TEMPLATE_MISTAKES } from '../e2e/suites/federation/template-mistakes.ts';

const page = readFileSync('docs/rules.md', 'utf8');
const rows = [...PATH_MISTAKES, ...OVERRIDE_MISTAKES, ...TEMPLATE_MISTAKES].map(({ rule }) => rule);
const named = [...rows, ...Object.keys(NOT_FOR_SERVERS)];
const rulesIn = (text: string) => [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, rule]) => rule);

// The suite `federation` runs these rows on a real KubeFed. This test needs no cluster, so that a new rule without a
// row is found at once.
test('the rows about mistakes name rules that exist', () => {
  expect(rulesIn(page)).toEqual(expect.arrayContaining(named));
});

test('every rule about overrides has a row, or a reason not to', () => {
  const [, overrides = ''] = /^## Overrides\n([\s\S]*?)^## /m.exec(page) ?? [];
  const rules = rulesIn(overrides);
  expect(rules.length).toBeGreaterThan(5);
  expect(named).toEqual(expect.arrayContaining(rules));
});
