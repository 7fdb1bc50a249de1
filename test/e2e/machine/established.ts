import { until } from './wait.ts';

/**
 * Waits until CRDs are served. A new CRD has no conditions yet, and kubectl fails at once on it, so this asks again.
 */
export async function untilEstablished(
  kubectl: (words: readonly string[]) => Promise<string>,
  names: readonly string[],
): Promise<void> {
  await until(`Established: ${names.join(' ')}`, 60, () =>
    kubectl(['wait', '--for=condition=Established', ...names, '--timeout=30s']),
  );
}
