import { expect, test } from 'vitest';
import { parseJson } from '../../../../constructs/domain/json/parse-json.ts';

test('a text of JSON is its value, and any other text is undefined', () => {
  expect(parseJson('{"a": [1, null]}')).toEqual({ a: [1, null] });
  for (const text of ['', '{', 'undefined', '{"a": 08}', '\u001b']) expect(parseJson(text)).toBeUndefined();
});
