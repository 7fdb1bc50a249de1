import { textAt, valueAt } from '../../api/object.ts';
import { onNamed } from '../changing/patch.ts';
import type { Command } from '../command.ts';
import { evaluate } from '../forms/json-path.ts';
import { hasCondition, shownName } from '../forms/output.ts';
import { failing, ProgramError, type Said } from '../said.ts';

/** `kubectl rollout status` */
export function rolloutStatus(command: Command): Said {
  return onNamed(command, (place) => {
    const object = command.cluster.server.get(place);
    if (!hasCondition(object, 'Available')) throw new ProgramError(`error: timed out waiting for the condition`);
    return `deployment "${place.name}" successfully rolled out\n`;
  });
}

/** `kubectl wait --for=...` */
export function wait(command: Command): Said {
  const [kind = '', wanted = ''] =
    /^(condition|jsonpath|delete)=?(.*)$/s.exec(command.args.value('for') ?? '')?.slice(1) ?? [];
  return onNamed(command, (place) => {
    const { server } = command.cluster;
    if (kind === 'delete') {
      if (server.find(place) !== undefined)
        throw new ProgramError(`error: timed out waiting for the condition on ${place.kind.plural}/${place.name}`);
      return '';
    }
    const object = server.get(place);
    if (!isMet(object, kind, wanted))
      throw new ProgramError(`error: timed out waiting for the condition on ${place.kind.plural}/${place.name}`);
    return `${shownName(server.entry(place))} condition met\n`;
  });
}

function isMet(object: unknown, kind: string, wanted: string): boolean {
  const [name = '', value = 'True'] = wanted.replace(/^['"]|['"]$/g, '').split('=');
  if (kind === 'condition') return hasCondition(object, name, value);
  const path = name.replace(/^\{|\}$/g, '');
  return evaluate(path, object).some((found) => String(found) === value);
}

/** `kubectl exec` */
export function exec(command: Command, run: (pod: unknown, words: readonly string[]) => Said): Said {
  const { args, words, cluster } = command;
  const [target = ''] = words;
  const name = target.replace(/^pods?\//, '');
  const kind = cluster.server.kinds.named('pods');
  if (kind === undefined) return failing('error: the server doesn\'t have a resource type "pods"');
  command.note(`Pod/${args.value('namespace') ?? 'default'}/${name}`);
  const pod = cluster.server.find({ kind, name, namespace: args.value('namespace') ?? 'default' });
  if (pod === undefined) return failing(`Error from server (NotFound): pods "${name}" not found`);
  if (textAt(pod, 'status', 'phase') !== 'Running')
    return failing(
      `error: unable to upgrade connection: container not found ("${String(valueAt(pod, 'spec', 'containers', '0'))}")`,
    );
  return run(pod, args.rest ?? []);
}
