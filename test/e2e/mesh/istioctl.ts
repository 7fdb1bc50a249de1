import { program } from '../build/go.ts';
import type { Cluster } from '../environment.ts';
import { attempt, type Ran, run } from '../machine/run.ts';

function commandAt({ kubeconfig, context }: Cluster, words: readonly string[]): string[] {
  return [program('istio', 'istioctl'), '--kubeconfig', kubeconfig, '--context', context, ...words];
}

/** istioctl on one cluster. It must succeed. */
export function istioctl(cluster: Cluster, words: readonly string[]): Promise<string> {
  return run(commandAt(cluster, words));
}

/** istioctl on one cluster, for callers that examine how it fails. */
export function tryIstioctl(cluster: Cluster, words: readonly string[]): Promise<Ran> {
  return attempt(commandAt(cluster, words));
}

/** istioctl on files, without any cluster. */
export function istioctlOffline(words: readonly string[], input = ''): Promise<Ran> {
  // An unreadable kubeconfig: a command that needs a cluster must fail, and not find one by chance.
  return attempt([program('istio', 'istioctl'), ...words], { input, env: { KUBECONFIG: '/nonexistent' } });
}
