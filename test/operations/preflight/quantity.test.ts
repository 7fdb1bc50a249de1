import { expect, test } from 'vitest';
import { parseQuantity } from '../../../operations/preflight/clusters/quantity.ts';

const command = '$(id)';

test.each([
  ['4', 4],
  ['08', 8],
  ['3920m', 3.92],
  ['0.5', 0.5],
  ['.5', 0.5],
  ['5.', 5],
  ['2e3', 2000],
  ['16393244Ki', 16393244 * 1024],
  ['8Gi', 8 * 2 ** 30],
  ['8G', 8e9],
  ['128974848000m', 128974848],
])('%s is a quantity', (text, value) => {
  expect(parseQuantity(text)).toBeCloseTo(value, 6);
});

test.each([
  '',
  ' 4',
  '4 ',
  '4\n',
  '-4',
  '+4',
  '1e400',
  '1e99',
  '9'.repeat(400),
  '0x10',
  '4gi',
  '4mi',
  '4Kii',
  'NaN',
  'Infinity',
  '٤',
  `BASHPID[${command}]`,
  `a[0${command}]`,
  4,
  null,
  undefined,
  {},
  ['4'],
])('%j is none: it is unknown, and not nothing', (value) => {
  expect(parseQuantity(value)).toBeNull();
});
