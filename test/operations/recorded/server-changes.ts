import { parse } from 'yaml';
import type { ServerCall } from '../../support/servers/calls.ts';
import { type Change, changeOf, normalObject } from './changes/changes.ts';

/**
 * The changes among the calls that servers have seen.
 *
 * @param clusterOf name of the cluster of a context
 */
export function changesOf(calls: readonly ServerCall[], clusterOf: (context: string) => string): readonly Change[] {
  return calls
    .filter(({ isChange }) => isChange)
    .flatMap((call) => {
      const cluster = clusterOf(call.program === 'kubefedctl' ? flagOf(call, 'host-cluster-context') : call.context);
      const verb = verbOf(call);
      return objectsOf(call).map((object) => ({ ...changeOf(cluster, call.program, verb, object), call: call.index }));
    });
}

// To apply an object, to create it and to replace it are one thing here: the scripts do only the first.
function verbOf({ program, verb }: ServerCall): string {
  if (program !== 'kubectl') return verb.replace(/^x /, '');
  return { create: 'apply', replace: 'apply', 'rollout restart': 'restart' }[verb] ?? verb;
}

const flagOf = ({ args }: ServerCall, name: string): string =>
  args.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';

function objectsOf(call: ServerCall): readonly string[] {
  const { program, verb, args, input, objects, changed } = call;
  const words = args.filter((word) => !word.startsWith('--'));
  switch (`${program} ${verb.replace(/^x /, '')}`) {
    // What is not there is not deleted.
    case 'kubectl delete':
      return objects.filter((object) => changed.some((change) => change.endsWith(` ${object}`))).map(normalObject);
    case 'istioctl install':
      return [[installationOf(input), ...args.filter((_, index) => args[index - 1] === '--set')].join(' ')];
    case 'istioctl uninstall':
      return [installationOf(input)];
    case 'istioctl create-remote-secret':
      return [flagOf(call, 'name')];
    case 'helm upgrade':
    case 'helm uninstall':
      return [`${flagOf(call, 'namespace')}/${words[1]} ${words[2] ?? ''} ${flagOf(call, 'version')}`.trimEnd()];
    default:
      return program === 'kubectl' ? objects.map(normalObject) : [words[1] ?? ''];
  }
}

function installationOf(input: string): string {
  const { apiVersion, kind, metadata } = parse(input) as Record<string, string> & { metadata: Record<string, string> };
  return `${kind}.${apiVersion?.split('/')[0]}/${metadata.namespace}/${metadata.name}`;
}
