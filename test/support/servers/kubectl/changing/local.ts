import { readFileSync } from 'node:fs';
import { dump } from 'js-yaml';
import type { SentObject } from '../../api/object.ts';
import type { Command } from '../command.ts';
import { shownName } from '../forms/output.ts';
import { isInput } from '../input-path.ts';
import { ProgramError, type Said, saying } from '../said.ts';

/** `kubectl create namespace|configmap|secret generic NAME`, with `--dry-run=client` or on the server. */
export function createLocally(command: Command): Said {
  const { args, words, cluster } = command;
  const object = objectOf(command, words);
  if (args.value('dry-run') === 'client')
    return saying(args.value('output') === 'json' ? `${JSON.stringify(object)}\n` : dump(object));
  const stored = cluster.server.create(object, { manager: args.value('field-manager') ?? 'kubectl-create' });
  return saying(
    `${shownName(cluster.server.entry(cluster.server.placeOf({ ...object, metadata: { ...object.metadata, name: stored.metadata.name } })))} created\n`,
  );
}

function objectOf(command: Command, [kind = '', ...names]: readonly string[]): SentObject {
  const namespace = command.args.value('namespace') ?? undefined;
  const [name = ''] = names.slice(-1);
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  switch (kind) {
    case 'namespace':
    case 'ns':
      return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    case 'configmap':
    case 'cm':
      return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: dataOf(command) };
    case 'secret':
      return {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata,
        type: 'Opaque',
        data: Object.fromEntries(
          Object.entries(dataOf(command)).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
        ),
      };
    default:
      throw new ProgramError(`error: these servers cannot create ${kind} by name`);
  }
}

function dataOf({ args, input }: Command): Record<string, string> {
  const literals = args.values('from-literal').map((pair) => splitAt(pair));
  const files = args.values('from-file').map((pair): readonly [string, string] => {
    const [key, path] = pair.includes('=') ? splitAt(pair) : [pair.split('/').at(-1) ?? '', pair];
    return [key, isInput(path) ? input : readFileSync(path, 'utf8')];
  });
  return Object.fromEntries([...literals, ...files]);
}

const splitAt = (pair: string): readonly [string, string] => [
  pair.slice(0, pair.indexOf('=')),
  pair.slice(pair.indexOf('=') + 1),
];
