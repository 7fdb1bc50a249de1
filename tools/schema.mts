/**
 * Writes the JSON Schema for editors, which check and complete a declaration with it, the schemas for the checks of a synth,
 * and that of the events of a run: `npm run schema`.
 */
import { writeFileSync } from 'node:fs';
import { renderDeclarationSchema } from './declaration-schema.mts';
import { renderEventsSchema } from './events-schema.mts';
import { renderIstioValuesSchema } from './istio-values-schema.mts';
import { renderKubernetesValidators } from './kubernetes-validators.mts';

export { renderDeclarationSchema };

if (import.meta.filename === process.argv[1]) {
  writeFileSync('schemas/federation.schema.json', renderDeclarationSchema());
  writeFileSync('schemas/events.schema.json', renderEventsSchema());
  writeFileSync('schemas/istio-values.schema.json', renderIstioValuesSchema());
  writeFileSync('schemas/kubernetes-validators.cjs', renderKubernetesValidators());
}
