import type { ObjectQuery, PodCommand } from '../kubectl.ts';

/** The arguments of `kubectl get` for a question. */
export function wordsOfQuery(
  { resource, name, namespace, selector, isEverywhere = false }: ObjectQuery,
  output: string,
): readonly string[] {
  return [
    'get',
    ...(isEverywhere ? ['--all-namespaces'] : []),
    ...(namespace === null ? [] : [`--namespace=${namespace}`]),
    ...(selector === undefined ? [] : [`--selector=${selector}`]),
    `--output=${output}`,
    '--ignore-not-found',
    // Nothing after this is an option.
    '--',
    ...(name === null ? [resource] : [resource, name]),
  ];
}

/** The arguments of `kubectl exec` for a program in a pod. */
export function wordsOfCommand({ namespace, pod, container, words }: PodCommand): readonly string[] {
  const place = [`--namespace=${namespace}`, ...(container === undefined ? [] : [`--container=${container}`])];
  return ['exec', ...place, `pod/${pod}`, '--', ...words];
}

/** A pod with one container, which has the name of the pod. */
export interface PodTrial {
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  readonly label: string;
  readonly annotation: string;
}

/** The arguments of `kubectl run` for a pod that no server creates. */
export function wordsOfTrial({ namespace, name, image, label, annotation }: PodTrial): readonly string[] {
  const pod = [`--image=${image}`, `--labels=${label}`, `--annotations=${annotation}`];
  return ['run', name, `--namespace=${namespace}`, ...pod, '--dry-run=server', '--output=json'];
}
