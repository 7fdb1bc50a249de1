import fc from 'fast-check';
import { hostile } from '../thin/hostile-words.ts';

// Besides what the scripts get: what has been trouble for JavaScript, for YAML, for Markdown and Mermaid, and the names of
// things that are somebody else's.
const pieces = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '\ud800',
  '\u2066x\u2069',
  '\ufeff',
  '<script>alert(1)</script>',
  '[x](javascript:alert(1))',
  '`x`',
  '|x|',
  '%%{init: {}}%%',
  '"]; click A "javascript:x"',
  '---\n',
  '&a *a',
  '!!js/function x',
  '../../../../etc/passwd',
  '/dev/zero',
  'bank',
  'default',
  'kube-system',
  'host',
  'member',
  'demo',
  '--all',
  '--all-namespaces',
  '--namespace=default',
  '--server=https://evil.example',
  'https://evil.example',
  'oci://evil.example',
  '10.0.0.1',
  'v1.34.4',
  '2026-01-01T00:00:00Z',
  '9007199254740993',
  'NaN',
  '\u001b[31m',
  '\u001b]8;;https://evil.example\u0007',
  'error: a\nfix: b',
] as const;

/** A text that no honest server, record or output has. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: hostile.map((texts) => texts.join('')) },
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 2 }).map((all) => all.join('')),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')) },
  { weight: 1, arbitrary: fc.constant('') },
);

// Assembled when they are used: each is long.
const big = {
  text: () => 'a '.repeat(500_000),
  list: () => new Array(20_000).fill({ metadata: {} }),
  deep: () => nested(3000),
};

/** A value of JSON in the place of another one, and how a text of its size is made only when it is used. */
export const hostileValue: fc.Arbitrary<() => unknown> = fc.oneof(
  { weight: 12, arbitrary: hostileText.map((text) => () => text) },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom<unknown>(null, true, 0, -1, 1e308, 0.5, 2 ** 53, [], {}, [null], { a: 1 })
      .map((one) => () => one),
  },
  { weight: 2, arbitrary: hostileText.map((text) => () => ({ [text]: text })) },
  { weight: 2, arbitrary: hostileText.map((text) => () => [text, text]) },
  {
    weight: 1,
    arbitrary: fc.constant(() => JSON.parse('{"__proto__":{"name":"bank","namespace":"default"}}') as unknown),
  },
  { weight: 1, arbitrary: fc.constantFrom(big.text, big.list, big.deep) },
);

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}
