import type { ServerResponse } from 'node:http';
import type { Manner } from './hostile-server.ts';

/** How long the command lets a server answer, in these runs. */
export const answerSeconds = 3;

const never = (): undefined => undefined;

function late(_: string, response: ServerResponse): undefined {
  setTimeout(() => response.end('{}'), (answerSeconds + 30) * 1000).unref();
}

function endless(_: string, response: ServerResponse): undefined {
  response.setHeader('content-type', 'application/json');
  response.write('{"kind":"List","apiVersion":"v1","items":["');
  const more = (): void => {
    while (!response.destroyed && response.write('x'.repeat(65_536)));
  };
  response.on('drain', more);
  more();
}

function wrongTypes(path: string): unknown {
  const wrong = { apiVersion: 'v1', kind: 'ConfigMap', metadata: ['name'], data: 7, spec: 'spec', status: [null] };
  return path.split('/').length > 5
    ? wrong
    : { apiVersion: 'v1', kind: 'List', metadata: 3, items: [wrong, 5, null, 'x', [[]]] };
}

/** A text that a terminal or a shell would obey. */
const obeyed = (trap: string): string =>
  `\u001b[2J\u009b31m$(touch ${trap})\`touch ${trap}\`; touch ${trap} #\r\n--context=host`;

function evil(trap: string): (path: string) => unknown {
  const text = obeyed(trap);
  const metadata = {
    name: text,
    namespace: text,
    uid: text,
    resourceVersion: text,
    labels: { 'app.kubernetes.io/managed-by': 'mesh-federation', 'mesh-federation.io/federation': text },
  };
  const data = { 'objects.tsv': text, 'commands.tsv': text, 'created.tsv': text, cluster: text, progress: text };
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data, spec: { a: text }, status: { b: text } };
  const failure = { apiVersion: 'v1', kind: 'Status', status: 'Failure', message: text, reason: text, code: 403 };
  return (path) => {
    if (path.endsWith('/configmaps')) return { apiVersion: 'v1', kind: 'ConfigMapList', metadata: {}, items: [object] };
    return path.includes('/nodes') || path.includes('/services') ? failure : object;
  };
}

/**
 * THE table of manners.
 *
 * @param trap the file that exists as soon as a text of the server is obeyed
 */
export const mannersOf = (trap: string): readonly Manner[] => [
  { name: 'that answers too late', isKnown: false, answer: late },
  { name: 'that never answers', isKnown: false, answer: never },
  { name: 'that never answers once it is known', isKnown: true, answer: never },
  { name: 'whose answers have no end', isKnown: false, answer: endless },
  { name: 'whose answers have no end once it is known', isKnown: true, answer: endless },
  { name: 'whose answers have wrong types', isKnown: true, answer: wrongTypes },
  { name: 'that answers everything with what terminals and shells obey', isKnown: false, answer: evil(trap) },
  { name: 'that does so once it is known', isKnown: true, answer: evil(trap) },
];
