/**
 * Writes the JSON Schema for editors, which check and complete a declaration with it, and the schemas for the checks of a
 * synth: `npm run schema`.
 */
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { makeDeclarationSchema } from '../constructs/model/declaration/declaration.ts';
import { modelSlices } from '../constructs/slices.ts';
import { renderIstioValuesSchema } from './istio-values-schema.mts';
import { renderKubernetesValidators } from './kubernetes-validators.mts';

/** The schema of declarations as users write them, with defaults not yet filled in, as the text of a file. */
export function renderDeclarationSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(makeDeclarationSchema(modelSlices), {
    io: 'input',
    override: ({ path, jsonSchema }) => {
      // Editors check and complete the values at once, with the schema of the values. A synth checks them in a rule.
      if (path.join('.').endsWith('istio.properties.values')) jsonSchema.$ref = 'istio-values.schema.json';
    },
  });
  const title = 'A federation of Kubernetes clusters with an Istio mesh';
  return `${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n`;
}

if (import.meta.filename === process.argv[1]) {
  writeFileSync('schemas/federation.schema.json', renderDeclarationSchema());
  writeFileSync('schemas/istio-values.schema.json', renderIstioValuesSchema());
  writeFileSync('schemas/kubernetes-validators.cjs', renderKubernetesValidators());
}
