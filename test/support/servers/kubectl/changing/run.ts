import type { SentObject } from '../../api/object.ts';
import { isInjected } from '../../controllers/pods.ts';
import { type Command, placed } from '../command.ts';
import { print } from '../forms/output.ts';
import { ProgramError, type Said, saying } from '../said.ts';

/** `kubectl run NAME --image=IMAGE --dry-run=server`. The injector completes the pod if it asks for it. */
export function run(command: Command): Said {
  const { args, words, cluster } = command;
  const [name = ''] = words;
  if (args.value('dry-run') !== 'server') throw new ProgramError('error: these servers run no pods');
  const pod: SentObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: marks(args.value('labels')), annotations: marks(args.value('annotations')) },
    spec: { containers: [{ name, image: imageOf(command, marks(args.value('labels'))) }] },
  };
  const { place, sent } = placed(command, pod);
  const object = cluster.server.create(sent, { manager: 'kubectl-run', isDryRun: true });
  const entry = { kind: place.kind, object, managers: new Map() };
  return saying(print([entry], args.value('output') ?? 'name', { isList: false, hasManagers: false }));
}

function imageOf({ args, cluster }: Command, labels: Record<string, string>): string {
  const isComplete = isInjected(cluster.server, args.value('namespace') ?? 'default', labels);
  return isComplete ? 'registry.istio.io/release/proxyv2:1.31.4' : (args.value('image') ?? '');
}

const marks = (text: string | null): Record<string, string> =>
  Object.fromEntries(
    (text ?? '').split(',').flatMap((pair) => (pair === '' ? [] : [pair.split(/=(.*)/s).slice(0, 2)])),
  );
