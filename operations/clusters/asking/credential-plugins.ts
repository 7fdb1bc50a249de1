import { z } from 'zod';
import type { RunProgram } from '../../tools/run-program.ts';
import { readJson } from '../answer.ts';

const configSchema = z.object({
  contexts: z.array(z.object({ name: z.string(), context: z.object({ user: z.string().default('') }) })).nullable(),
  users: z.array(z.object({ name: z.string(), user: z.looseObject({}).nullish() })).nullable(),
});

/**
 * The contexts, of some, whose user gets credentials from a program, one for each such user. Such a program may ask, for
 * example for a one-time password, and several at once would ask for it several times.
 */
export async function contextsThatMayAsk(run: RunProgram, contexts: readonly string[]): Promise<readonly string[]> {
  const view = readJson(
    await run({ program: 'kubectl', args: ['config', 'view', '--output=json'], timeoutSeconds: 30 }),
    configSchema,
  );
  if (view.kind !== 'found') return contexts.slice(0, 1);
  const plugins = new Set(
    view.value.users?.flatMap(({ name, user }) => ((user?.exec ?? user?.['auth-provider']) ? name : [])),
  );
  const userOf = new Map(view.value.contexts?.map(({ name, context }) => [name, context.user]));
  const first = new Map<string, string>();
  for (const context of contexts) {
    const user = userOf.get(context);
    if (user !== undefined && plugins.has(user) && !first.has(user)) first.set(user, context);
  }
  return [...first.values()];
}
