import { z } from 'zod';
import { fixOfInjection, triedPod } from '../../constructs/plan/conditions/injection.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { until } from '../conditions/until.ts';
import type { Run } from '../run/run.ts';

const podSchema = z.object({
  spec: z.object({ containers: z.array(z.object({ name: z.string(), image: z.string().default('') })) }),
});

/**
 * Waits until pods of a cluster get their proxies. A webhook that is there proves nothing: its API server may not reach the
 * injector, or find no endpoints of it. So the server creates a pod in a dry run.
 */
export async function holdInjection(run: Run, cluster: Cluster): Promise<void> {
  await until(run, cluster.name, async () => {
    const pod = await cluster.kubectl.tryPod(triedPod, podSchema);
    if (pod.kind === 'failed') return `a pod gets no proxy: ${pod.reason}; ${fixOfInjection}`;
    const proxy =
      pod.kind === 'found' ? pod.value.spec.containers.find(({ name }) => name === triedPod.name) : undefined;
    // The injector names the registry of the image, too.
    return proxy?.image.includes('/') ? null : `a pod gets no proxy: nobody injects it; ${fixOfInjection}`;
  });
}
