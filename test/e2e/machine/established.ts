import { until } from './wait.ts';

/**
 * Waits until CRDs are served. A CRD of a moment ago has no conditions yet, and kubectl gives up on that at once, so it
 * is asked again.
 */
export async function untilEstablished(
  kubectl: (words: readonly string[]) => Promise<string>,
  names: readonly string[],
): Promise<void> {
  await until(`Established: ${names.join(' ')}`, 60, () =>
    kubectl(['wait', '--for=condition=Established', ...names, '--timeout=30s']),
  );
}
