import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { makeDeclarationSchema } from '../../constructs/model/declaration/declaration.ts';
import { modelSlices } from '../../constructs/slices.ts';
import { declarations } from '../support/declarations/arbitrary-declaration.ts';
import { examples } from '../support/declarations/examples.ts';
import { replaceLeaf } from '../support/schemas/replace-leaf.ts';

const root = join(import.meta.dirname, '../..');
const schema = JSON.parse(readFileSync(join(root, 'schemas/federation.schema.json'), 'utf8')) as object;
const values = JSON.parse(readFileSync(join(root, 'schemas/istio-values.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ allErrors: true, strict: false })
  .addSchema(values, 'istio-values.schema.json')
  .compile(schema);

test.each(['federation.yaml', ...examples.map((name) => `examples/${name}.yaml`)])('editors accept %s', (file) => {
  validate(load(readFileSync(join(root, file), 'utf8')));
  expect(validate.errors ?? []).toEqual([]);
});

test('editors accept every declaration that a synth accepts', () => {
  fc.assert(
    fc.property(declarations, (declaration) => {
      expect(makeDeclarationSchema(modelSlices).safeParse(declaration).success).toBe(true);
      expect(validate(declaration)).toBe(true);
    }),
  );
});

const replacements = [null, 7, '', '../x', 'a\nb', [], {}, ['a'], { unknown: 1 }, 'latest', 0, 'UPPER', 'a'.repeat(64)];

test('editors refuse every declaration that a synth refuses', () => {
  fc.assert(
    fc.property(declarations, fc.nat(), fc.constantFrom(...replacements), (declaration, position, replacement) => {
      const broken = replaceLeaf(declaration, position, replacement);
      expect(validate(broken)).toBe(makeDeclarationSchema(modelSlices).safeParse(broken).success);
    }),
    { numRuns: 1000 },
  );
});
