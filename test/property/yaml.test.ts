import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderYaml } from '../../constructs/delivery/yaml.ts';

// Strings that some YAML reader reads as another type.
const treacherous = fc.constantFrom(
  '0o17',
  '017',
  '1_000',
  '685_230.15',
  '1:30',
  'yes',
  'No',
  'on',
  'y',
  'n',
  'null',
  '~',
  '',
  ' ',
  '0x1f',
  '1e3',
  '.5',
  '.',
  '+.',
  'e5',
  '_',
  '1.',
  '.inf',
  '2001-01-01',
  '=',
  '<<',
  '- a',
  'a: b',
  '# no comment',
  '\t',
  'a\nb',
  'a\n',
  '\u2028',
  '\u0085',
  '\u007f',
  '*alias',
  '&anchor',
  '!tag',
  '%directive',
  '---',
  '...',
  '{',
  '"',
  "'",
  '`',
  '@',
  '|',
  '>',
  '?',
  'key:',
  'very '.repeat(60),
);
const text = fc.oneof(treacherous, fc.string(), fc.string({ unit: 'grapheme' }));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('mapping'),
  ),
  mapping: fc.dictionary(
    text.filter((key) => key !== '__proto__' && key !== '<<'),
    tie('value'),
    { maxKeys: 4 },
  ),
}));

describe('the written YAML', () => {
  test('has the same values for readers of YAML 1.1 and 1.2', () => {
    fc.assert(
      fc.property(value, (document) => {
        const yaml = renderYaml(['header'], [document]);
        expect(load(yaml)).toEqual(document);
        expect(parse(yaml)).toEqual(document);
        expect(parse(yaml, { version: '1.1' })).toEqual(document);
      }),
      { numRuns: 500 },
    );
  });

  test('has one comment line for any header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (header) => {
        const lines = renderYaml([header], [{ a: 1 }]).split(/[\n\r\u0085\u2028\u2029]/);
        expect(lines.slice(1)).toEqual(['a: 1', '']);
        expect(lines[0]?.startsWith('# ')).toBe(true);
      }),
    );
  });
});
