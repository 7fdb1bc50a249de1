import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addPullSecrets, rewriteImage, rewritePodImages } from '../../../../constructs/domain/kubernetes/images.ts';

const digest = `sha256:${'0'.repeat(64)}`;

const registries = {
  'docker.io': 'mirror.example/hub',
  'docker.io/istio': 'istio.example',
  'quay.io/a': 'mirror.example/quay-a',
  'ghcr.io/team/one': 'mirror.example/first',
  localhost: 'mirror.example/local',
  'registry:5000': 'mirror.example:5000/own',
};

describe('rewriteImage', () => {
  test.each([
    ['docker.io/curlimages/curl:8.1', 'mirror.example/hub/curlimages/curl:8.1'],
    ['curlimages/curl', 'mirror.example/hub/curlimages/curl'],
    ['nginx', 'mirror.example/hub/library/nginx'],
    ['nginx:1.25', 'mirror.example/hub/library/nginx:1.25'],
    [`nginx@${digest}`, `mirror.example/hub/library/nginx@${digest}`],
    ['docker.io/nginx:1.25', 'mirror.example/hub/library/nginx:1.25'],
    ['index.docker.io/nginx:1.25', 'mirror.example/hub/library/nginx:1.25'],
    ['istio/pilot:1.7.2', 'istio.example/pilot:1.7.2'],
    ['istios/pilot:1.7.2', 'mirror.example/hub/istios/pilot:1.7.2'],
    [`quay.io/a/b@${digest}`, `mirror.example/quay-a/b@${digest}`],
    [`quay.io/a/b/c:1@${digest}`, `mirror.example/quay-a/b/c:1@${digest}`],
    ['ghcr.io/team/one/x:1', 'mirror.example/first/x:1'],
    ['localhost/x:1', 'mirror.example/local/x:1'],
    ['registry:5000/x:1', 'mirror.example:5000/own/x:1'],
  ])('rewrites %s to %s', (image, expected) => {
    expect(rewriteImage(image, registries)).toBe(expected);
  });

  test.each([
    ['a placeholder of Istio', 'auto'],
    ['a registry that no key names', 'gcr.io/istio-release/pilot:1.7.2'],
    ['a longer name in front of the boundary', 'quay.io/ab/c:1'],
    ['a longer name further on', 'ghcr.io/team/one-more/x:1'],
    ['an image that a key names whole', 'ghcr.io/team/one:1'],
    ['a parent of the key', 'quay.io/b:1'],
    ['another port', 'registry:5001/x:1'],
    ['a registry because of its port', 'localhost:5000/x'],
    ['a registry because of a capital', 'Registry/x'],
    ['a variable', '$(IMAGE)'],
    ['a name with a capital', 'curlimages/Curl'],
    ['a doubled slash', 'curlimages//curl'],
    ['nothing', ''],
  ])('keeps %s: %j', (_, image) => {
    expect(rewriteImage(image, registries)).toBe(image);
  });

  test('shortens nothing that matches no key', () => {
    expect(rewriteImage('docker.io/library/nginx:1.25', { 'quay.io': 'mirror.example' })).toBe(
      'docker.io/library/nginx:1.25',
    );
    expect(rewriteImage('nginx', {})).toBe('nginx');
  });

  const images = fc
    .tuple(
      fc.constantFrom('', 'docker.io/', 'index.docker.io/', 'quay.io/', 'localhost:5000/', 'Registry/'),
      fc.array(fc.constantFrom('a', 'b', 'a-b', 'ab'), { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', ':1', `@${digest}`, `:1@${digest}`),
    )
    .map(([registry, path, rest]) => `${registry}${path.join('/')}${rest}`);
  const keys = fc
    .tuple(
      fc.constantFrom('docker.io', 'quay.io', 'localhost:5000', 'Registry'),
      fc.array(fc.constantFrom('library', 'a', 'b', 'a-b'), { maxLength: 2 }),
    )
    .map((segments) => segments.flat().join('/'));
  const entries = fc.uniqueArray(fc.tuple(keys, fc.constantFrom('mirror.example', 'mirror.example/hub')), {
    selector: ([key]) => key,
  });

  test('changes nothing when it runs again', () => {
    fc.assert(
      fc.property(images, entries, (image, rows) => {
        const once = rewriteImage(image, Object.fromEntries(rows));
        expect(rewriteImage(once, Object.fromEntries(rows))).toBe(once);
      }),
    );
  });

  test('does not depend on the order of the registries', () => {
    const shuffled = entries.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    fc.assert(
      fc.property(images, shuffled, (image, [rows, others]) => {
        expect(rewriteImage(image, Object.fromEntries(others))).toBe(rewriteImage(image, Object.fromEntries(rows)));
      }),
    );
  });
});

const podSpec = (image: string) => ({
  serviceAccountName: 'sleep',
  initContainers: [{ name: 'first', image }],
  containers: [{ name: 'main', image, args: ['x'] }, { name: 'other', image: 'gcr.io/x:1' }, { name: 'bare' }],
  ephemeralContainers: [{ name: 'debug', image }],
});

const workloads = (inner: object): readonly [string, Record<string, unknown>][] => [
  ['Pod', { kind: 'Pod', spec: inner }],
  ...['DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'ReplicationController', 'StatefulSet'].map(
    (kind): [string, Record<string, unknown>] => [
      kind,
      { kind, metadata: { name: 'a' }, spec: { replicas: 2, template: { metadata: { labels: {} }, spec: inner } } },
    ],
  ),
  ['CronJob', { kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec: inner } } } } }],
];

const withoutPods: readonly [string, Record<string, unknown>][] = [
  ['no pod spec', { kind: 'Deployment', spec: { replicas: 1 } }],
  ['a template that is none', { kind: 'Deployment', spec: { template: ['nginx'] } }],
  ['another kind', { kind: 'Service', spec: { containers: [{ image: 'nginx' }], template: { spec: {} } } }],
  ['the name of an inherited property', { kind: 'constructor', spec: { containers: [{ image: 'nginx' }] } }],
];

describe('rewritePodImages', () => {
  test.each(workloads(podSpec('nginx:1')))('rewrites the images of a %s and nothing else', (kind, object) => {
    const before = structuredClone(object);
    const expected = new Map(workloads(podSpec('mirror.example/hub/library/nginx:1'))).get(kind);
    const result = rewritePodImages(object, registries);
    expect(JSON.stringify(result)).toBe(JSON.stringify(expected));
    expect(object).toEqual(before);
  });

  test.each(workloads(podSpec('gcr.io/x:2')))('returns the same %s if nothing changes', (_, object) => {
    expect(rewritePodImages(object, registries)).toBe(object);
  });

  test.each(withoutPods)('gives back an object with %s', (_, object) => {
    expect(rewritePodImages(object, registries)).toBe(object);
  });

  test('ignores values that are no containers', () => {
    const object = { kind: 'Pod', spec: { initContainers: 'nginx', containers: [null, 'nginx', { image: 1 }] } };
    expect(rewritePodImages(object, registries)).toBe(object);
  });
});

describe('addPullSecrets', () => {
  test.each(workloads({ containers: [] }))('adds to a %s', (kind, object) => {
    const imagePullSecrets = [{ name: 'mirror' }, { name: 'other' }];
    const expected = new Map(workloads({ containers: [], imagePullSecrets })).get(kind);
    expect(addPullSecrets(object, ['mirror', 'other'])).toEqual(expected);
  });

  test('keeps existing secrets, and adds no name twice', () => {
    const object = { kind: 'Pod', spec: { imagePullSecrets: [{ name: 'own' }, { name: 'mirror' }] } };
    expect(addPullSecrets(object, ['new', 'mirror', 'new'])).toEqual({
      kind: 'Pod',
      spec: { imagePullSecrets: [{ name: 'own' }, { name: 'mirror' }, { name: 'new' }] },
    });
    expect(object.spec.imagePullSecrets).toHaveLength(2);
  });

  test('returns the same object if it already has the secrets', () => {
    const object = { kind: 'Pod', spec: { imagePullSecrets: [{ name: 'mirror' }] } };
    expect(addPullSecrets(object, ['mirror'])).toBe(object);
    expect(addPullSecrets(object, [])).toBe(object);
  });

  test.each(withoutPods)('gives back an object with %s', (_, object) => {
    expect(addPullSecrets(object, ['mirror'])).toBe(object);
  });
});
