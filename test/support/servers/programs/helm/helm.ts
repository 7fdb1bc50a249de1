import { type Arguments, type Flags, readArguments } from '../../kubectl/arguments.ts';
import { failing, messageOf, type Said, saying } from '../../kubectl/said.ts';
import type { FakeCluster } from '../../world.ts';
import { textOfObjects } from '../charts/charts.ts';
import type { ProgramAround } from '../program.ts';
import { type HelmCall, rendered } from './call.ts';
import { type Revision, revisionsOf } from './releases.ts';
import { tell, tellAll } from './tell.ts';
import { rollback, uninstall, upgrade } from './upgrade.ts';

const flags: Flags = {
  valued: [
    ...['repo', 'version', 'namespace', 'values', 'kube-context', 'timeout', 'set', 'set-string', 'output', 'max'],
    ...['kubeconfig', 'description', 'filter', 'revision', 'history-max', 'kube-version', 'server-side'],
  ],
  bare: [
    ...['install', 'no-hooks', 'ignore-not-found', 'wait', 'short', 'atomic', 'all', 'include-crds', 'pending'],
    ...['create-namespace', 'force-conflicts', 'keep-history', 'plain-http', 'skip-crds', 'reuse-values', 'deployed'],
    ...['failed', 'cleanup-on-fail', 'rollback-on-failure', 'all-namespaces', 'take-ownership', 'help'],
  ],
  short: { n: 'namespace', f: 'values', o: 'output', i: 'install', a: 'all', A: 'all-namespaces', q: 'short' },
};

/** helm, as far as the product calls it. */
export function helm(words: readonly string[], input: string, around: ProgramAround): Said {
  const args = readArguments(words, flags);
  const [verb = '', ...others] = args.words;
  if (args.unknown.length > 0) return failing(`Error: unknown flag: ${args.unknown[0]}`);
  const call = { args, words: others, input, around };
  try {
    switch (verb) {
      case 'version':
        return saying(versionOf(around.versions.helm, args));
      case 'template':
        return saying(textOfObjects(rendered(call).templates));
      case 'show':
        return saying(textOfObjects(rendered({ ...call, words: ['', ...others.slice(1)] }).definitions));
      default:
        return onCluster(verb, call);
    }
  } catch (error) {
    return failing(messageOf(error));
  }
}

function versionOf(version: string, args: Arguments): string {
  return args.has('short') ? `${version}+g1234567\n` : `version.BuildInfo{Version:"${version}"}\n`;
}

function onCluster(verb: string, call: HelmCall): Said {
  const { args, around, words } = call;
  const context = args.value('kube-context') ?? '';
  const cluster = around.world.clusters.get(context);
  if (cluster === undefined)
    return failing(`Error: Kubernetes cluster unreachable: context "${context}" does not exist`);
  const [name = ''] = words;
  const revisions = revisionsOf(cluster.server, args.value('namespace') ?? 'default', name);
  const act = verbs[verb];
  return act === undefined ? failing(`Error: unknown command "${verb}" for "helm"`) : act(cluster, call, revisions);
}

const verbs: Readonly<Record<string, (cluster: FakeCluster, call: HelmCall, revisions: readonly Revision[]) => Said>> =
  {
    upgrade,
    uninstall,
    rollback,
    status: (_, call, revisions) => tell('status', call, revisions),
    history: (_, call, revisions) => tell('history', call, revisions),
    list: (cluster, call) => tellAll(cluster, call),
  };
