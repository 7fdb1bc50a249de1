import { dnsLabelPattern } from '../../constructs/domain/kubernetes/dns-names.ts';
import { UserMistake } from '../../constructs/index.ts';
import { printable } from '../../constructs/model/problems/printable.ts';
import { reservedNames } from '../../constructs/model/rules/clusters/clusters.ts';

/** A cluster of the new federation. */
export interface InitCluster {
  readonly name: string;
  /** Context of the kubeconfig, or null where it has the name of the cluster. */
  readonly kubeContext: string | null;
}

/** All that the files of a new repository depend on. */
export interface InitAnswers {
  /** Name of the federation. */
  readonly name: string;
  /** The first one is the host. */
  readonly clusters: readonly InitCluster[];
  readonly topology: string;
  readonly engine: string;
  /** The GitOps engine that applies the output, or null. */
  readonly gitops: string | null;
  /** The version or the place of this package for package.json. */
  readonly packageSpec: string;
}

/** Answers of a user who gives none. */
export const defaults = {
  clusters: 'host,member',
  // Every cluster has a control plane of its own: none waits for the address of another one.
  topology: 'multi-primary',
  // Nothing has to run in the clusters first.
  engine: 'plain',
} as const;

/**
 * The clusters of a list that a user types: names with commas in between.
 *
 * @throws UserMistake when a name cannot be the name of a cluster
 */
export function clustersOfList(list: string): readonly InitCluster[] {
  const names = list.split(',').map((name) => name.trim());
  const wrong = names.filter(
    (name, index) => !dnsLabelPattern.test(name) || reservedNames.includes(name) || names.indexOf(name) !== index,
  );
  if (wrong.length > 0)
    throw new UserMistake(
      [
        'the names of the clusters are wrong',
        `  got       ${wrong.map(printable).join(', ')}`,
        `  expected  different names of lower-case letters, digits and "-", none of ${reservedNames.join(', ')}`,
        '  fix       name them, the host first: --clusters frankfurt,virginia',
      ].join('\n'),
    );
  return names.map((name) => ({ name, kubeContext: null }));
}
