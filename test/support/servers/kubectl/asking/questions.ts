import type { Command } from '../command.ts';
import { printValue } from '../forms/output.ts';
import { type Said, saying } from '../said.ts';

/** `kubectl auth can-i` */
export function canI({ words, args, cluster }: Command): Said {
  const [, verb = '', resource = ''] = words;
  const kind = cluster.server.kinds.named(resource);
  const isEverywhere = args.has('all-namespaces');
  const place = isEverywhere ? '*' : (args.value('namespace') ?? 'default');
  const err = warningOf(resource, {
    isKnown: kind !== undefined,
    isWide: kind?.isNamespaced === false && !isEverywhere,
  });
  return cluster.may(`${verb} ${resource} ${place}`)
    ? { out: 'yes\n', err, exitCode: 0 }
    : { out: 'no\n', err, exitCode: 1 };
}

function warningOf(
  resource: string,
  { isKnown, isWide }: { readonly isKnown: boolean; readonly isWide: boolean },
): string {
  const [plural = '', ...group] = resource.split('.');
  if (resource === '*' || resource.startsWith('/')) return '';
  if (isWide)
    return `Warning: resource '${plural}' is not namespace scoped${group.length === 0 ? '' : ` in group '${group.join('.')}'`}\n\n`;
  if (isKnown) return '';
  const where = group.length === 0 ? '' : ` in group '${group.join('.')}'`;
  return `Warning: the server doesn't have a resource type '${plural}'${where}\n\n`;
}

/** `kubectl config view --minify` */
export function configView({ args, cluster }: Command): Said {
  const { context, url } = cluster;
  const config = {
    kind: 'Config',
    apiVersion: 'v1',
    clusters: [{ name: context, cluster: { server: url, 'certificate-authority-data': 'DATA+OMITTED' } }],
    users: [{ name: context, user: { 'client-certificate-data': 'DATA+OMITTED' } }],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    'current-context': context,
  };
  const form = args.value('output') ?? 'yaml';
  return saying(form === 'json' ? `${JSON.stringify(config, null, 4)}\n` : printValue(config, form));
}

/** `kubectl version` */
export function version({ cluster: { version: gitVersion } }: Command): Said {
  return saying(`${JSON.stringify({ clientVersion: { gitVersion }, serverVersion: { gitVersion } }, null, 2)}\n`);
}

/** `kubectl version --client`, which asks no cluster. */
export function clientVersion(): Said {
  return saying(`${JSON.stringify({ clientVersion: { major: '1', minor: '34', gitVersion: 'v1.34.4' } }, null, 2)}\n`);
}
