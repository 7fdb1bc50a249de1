/** The JSON Schema of an event, for programs that read `mesh-federation apply --events`: `npm run schema`. */
import { z } from 'zod';
import { eventSchema } from '../operations/apply/events.ts';

/** The schema as the text of a file. */
export function renderEventsSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(eventSchema);
  const title = 'An event of mesh-federation apply --events';
  return `${JSON.stringify({ $schema, $id: 'events.schema.json', title, ...schema }, null, 2)}\n`;
}
