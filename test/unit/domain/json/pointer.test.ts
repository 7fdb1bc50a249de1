import { expect, test } from 'vitest';
import { escapePointerToken, parseJsonPointer } from '../../../../constructs/domain/json/pointer.ts';

test.each([
  ['', []],
  ['/', ['']],
  ['/spec/ports/0', ['spec', 'ports', '0']],
  ['/a~1b/c~0d', ['a/b', 'c~d']],
  ['/~01', ['~1']],
])('%j has these segments', (pointer, segments) => {
  expect(parseJsonPointer(pointer)).toEqual(segments);
});

test.each(['spec', '/a~2', '/a~'])('%j is no pointer', (text) => {
  expect(parseJsonPointer(text)).toBeNull();
});

test('an escaped segment reads back as the same segment', () => {
  expect(escapePointerToken('a/b~c~1')).toBe('a~1b~0c~01');
  expect(parseJsonPointer(`/${escapePointerToken('a/b~c~1')}`)).toEqual(['a/b~c~1']);
});
