/** Writes the JSON Schema that editors check and complete a declaration with: `npm run schema`. */
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { declarationSchema } from '../constructs/model/declaration.ts';

/** The schema of what users write, defaults not yet filled in, as the text of a file. */
export function renderDeclarationSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(declarationSchema, { io: 'input' });
  const title = 'A federation of Kubernetes clusters with an Istio mesh';
  return `${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n`;
}

if (import.meta.filename === process.argv[1])
  writeFileSync('schemas/federation.schema.json', renderDeclarationSchema());
