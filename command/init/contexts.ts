import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { UserMistake } from '../../constructs/index.ts';
import { escapeInvisible } from '../../constructs/model/problems/printable.ts';
import { reservedNames } from '../../constructs/model/rules/clusters/clusters.ts';
import type { InitCluster } from './answers.ts';

/**
 * A cluster for each context of the kubeconfig, which is the files of KUBECONFIG or `~/.kube/config`. Only the names of
 * the contexts are used.
 *
 * @throws UserMistake when there is no context, or a file cannot be read
 */
export function clustersOfKubeconfig(): readonly InitCluster[] {
  const files = kubeconfigFiles();
  const contexts = [...new Set(files.filter((file) => existsSync(file)).flatMap(contextsOf))];
  if (contexts.length === 0)
    throw new UserMistake(`no context in ${files.map(escapeInvisible).join(', ')}: name the clusters with --clusters`);
  return withUniqueNames(contexts);
}

function kubeconfigFiles(): readonly string[] {
  const named = (process.env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  return named.length > 0 ? named : [join(homedir(), '.kube/config')];
}

function contextsOf(file: string): readonly string[] {
  const kubeconfig = readKubeconfig(file);
  const { contexts } = (kubeconfig ?? {}) as { readonly contexts?: unknown };
  return (Array.isArray(contexts) ? contexts : [])
    .map((context: { readonly name?: unknown } | null) => context?.name)
    .filter((name) => typeof name === 'string');
}

// The parser's error would quote the file, which holds credentials.
function readKubeconfig(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'it is not YAML';
    throw new UserMistake(`cannot read the kubeconfig ${escapeInvisible(file)}: ${code}`);
  }
}

function withUniqueNames(contexts: readonly string[]): readonly InitCluster[] {
  const taken = new Set<string>();
  return contexts.map((context, index) => {
    const label = labelOf(context);
    const wanted = label === '' || reservedNames.includes(label) ? `cluster-${index + 1}` : label;
    const name = taken.has(wanted) ? `${wanted.slice(0, 58)}-${index + 1}` : wanted;
    taken.add(name);
    return { name, kubeContext: name === context ? null : context };
  });
}

// Clouds put paths in front: `arn:aws:eks:eu-west-1:123456789012:cluster/shop` is `shop`.
function labelOf(context: string): string {
  const [last = ''] = context.split('/').slice(-1);
  return last
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replaceAll(/^-+|-+$/g, '');
}
