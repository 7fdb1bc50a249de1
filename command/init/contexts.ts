import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { dnsLabelPattern } from '../../constructs/domain/kubernetes/dns-names.ts';
import { UserMistake } from '../../constructs/index.ts';
import { readFile } from '../../constructs/model/documents/read-document.ts';
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

// No text of the file is shown, not even by the parser: it holds credentials.
function readKubeconfig(file: string): unknown {
  const refuse = (reason: string): UserMistake =>
    new UserMistake(`cannot read the kubeconfig ${escapeInvisible(file)}: ${reason}`);
  const read = readFile('kubeconfig', file);
  if (read.kind === 'unreadable') throw refuse(read.got);
  if (read.kind === 'invalid') throw refuse(`line ${read.error.at.line} is not YAML, or repeats a key`);
  const [document, ...others] = read.documents;
  if (others.length > 0) throw refuse(`it has ${read.documents.length} documents, and kubectl reads one`);
  return document?.value;
}

function withUniqueNames(contexts: readonly string[]): readonly InitCluster[] {
  const taken = new Set<string>();
  return contexts.map((context, index) => {
    const label = labelOf(context);
    const isName = dnsLabelPattern.test(label) && !reservedNames.includes(label);
    const name = freeName(isName ? label : `cluster-${index + 1}`, index + 1, taken);
    taken.add(name);
    return { name, kubeContext: name === context ? null : context };
  });
}

function freeName(wanted: string, from: number, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const start = wanted.slice(0, 58).replace(/-+$/, '');
  let number = from;
  while (taken.has(`${start}-${number}`)) number += 1;
  return `${start}-${number}`;
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
