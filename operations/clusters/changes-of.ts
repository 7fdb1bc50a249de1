import { z } from 'zod';
import { parseJson } from '../../constructs/domain/json/parse-json.ts';
import type { ProgramResult } from '../tools/run-program.ts';
import { type Answer, anotherForm, mapAnswer, parseAnswer, readText } from './answer.ts';
import { changePatiently } from './asking/patiently.ts';
import { type Changed, type Changes, fieldManager, type ObjectReference, type Preconditions } from './changes.ts';
import type { KubeObject } from './kube-object.ts';
import type { Reach } from './kubectl.ts';
import { pathOf } from './object-path.ts';
import type { ServedKinds } from './served-kinds.ts';

const identitySchema = z.object({
  metadata: z.object({
    uid: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z-]*$/),
    resourceVersion: z.string().regex(/^[0-9A-Za-z]+$/),
  }),
});

/**
 * The changes of kubectl for a context of the kubeconfig.
 *
 * @param kinds asks for the kinds that the server serves, which a deletion needs
 */
export function changesFor(
  { run, context, answerSeconds, sleep }: Reach,
  kinds: () => Promise<Answer<ServedKinds>>,
): Changes {
  const patient = changePatiently(run, sleep);
  const call = (
    args: readonly string[],
    input: string,
    documents = 1,
    seconds = answerSeconds,
  ): Promise<ProgramResult> =>
    patient({
      program: 'kubectl',
      args: [`--context=${context}`, `--request-timeout=${seconds}s`, ...args],
      input,
      // One request after the other, each for a document.
      timeoutSeconds: seconds * 2 + documents,
    });
  const serverSide = ['--server-side', `--field-manager=${fieldManager}`];
  const forced = (force: boolean): readonly string[] => (force ? ['--force-conflicts'] : []);
  return {
    apply: async (manifests, { force, isDryRun, isPart = false }) => {
      const how = [...(isDryRun ? ['--dry-run=server'] : []), ...(isPart ? ['--validate=ignore'] : [])];
      const flags = [...serverSide, ...forced(force), ...how, '--filename=-'];
      const text = readText(await call(['apply', ...flags], manifests, documentsIn(manifests)));
      return mapAnswer(text, (lines) => lines.split('\n').filter((line) => line !== ''));
    },
    diff: async (manifests, { force }) => {
      const args = ['diff', ...serverSide, ...forced(force), '--filename=-'];
      const result = await call(args, manifests, documentsIn(manifests));
      // It exits with 1 if something differs, and with a higher code if it could not tell. It shows what differs.
      const differs = result.kind === 'ended' && result.exitCode === 1 && result.stdout.trim() !== '';
      return readText(differs ? { ...result, exitCode: 0 } : result);
    },
    create: async (object) =>
      changedBy(await call(['create', '--filename=-', '--output=json', ...created], textOf(object))),
    replace: async (object, seconds) =>
      changedBy(await call(['replace', '--filename=-', '--output=json', ...created], textOf(object), 1, seconds)),
    restart: async (namespace, deployment) =>
      readText(await call(['rollout', 'restart', `--namespace=${namespace}`, '--', `deployment/${deployment}`], '')),
    delete: async (reference, preconditions) => {
      const served = await kinds();
      if (served.kind !== 'found') return served;
      return deleteBy((path, body) => call(['delete', `--raw=${path}`, '--filename=-'], body), served.value, {
        reference,
        preconditions,
      });
    },
  };
}

const created = [`--field-manager=${fieldManager}`];

const listSchema = z.object({ kind: z.literal('List'), items: z.array(z.unknown()) });

// Our own text is a List; that of a directory has several documents.
function documentsIn(manifests: string): number {
  const list = manifests.startsWith('{') ? listSchema.safeParse(parseJson(manifests)).data : undefined;
  return list?.items.length ?? manifests.split(/^---$/m).length;
}

const textOf = (object: KubeObject): string => JSON.stringify(object);

async function deleteBy(
  call: (path: string, body: string) => Promise<ProgramResult>,
  kinds: ServedKinds,
  { reference, preconditions }: { readonly reference: ObjectReference; readonly preconditions: Preconditions },
): Promise<Answer<Changed>> {
  const kind = kinds.find(reference.group, reference.kind);
  if (kind === null) return { kind: 'found', value: { kind: 'absent' } };
  const path = pathOf(kind, reference);
  if (path === null) return { kind: 'failed', reason: 'its name cannot be a part of a path' };
  const options = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions, propagationPolicy: 'Background' };
  const result = await call(path, JSON.stringify(options));
  const refused = refusalOf(result);
  if (refused !== null) return { kind: 'found', value: refused };
  return mapAnswer(readText(result), () => ({ kind: 'changed', ...preconditions }) as const);
}

// What was written, as the server has it now.
function changedBy(result: ProgramResult): Answer<Changed> {
  const refused = refusalOf(result);
  if (refused !== null) return { kind: 'found', value: refused };
  const text = readText(result);
  if (text.kind !== 'found') return text;
  const written = parseAnswer(text.value, identitySchema);
  return written.kind === 'found'
    ? mapAnswer(written, ({ metadata }) => ({ kind: 'changed', ...metadata }) as const)
    : anotherForm;
}

// `Error from server (Conflict): error when replacing "STDIN": Operation cannot be fulfilled ...`
function refusalOf(result: ProgramResult): Changed | null {
  if (result.kind !== 'ended' || result.exitCode === 0) return null;
  const [, reason] = /^Error from server \((AlreadyExists|Conflict|NotFound)\): /m.exec(result.stderr) ?? [];
  if (reason === undefined) return null;
  return reason === 'NotFound' ? { kind: 'absent' } : { kind: 'conflict' };
}
