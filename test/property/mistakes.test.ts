import { join } from 'node:path';
import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import { loadFederation, ProblemsError } from '../../constructs/index.ts';
import { declarations, manifestOf } from '../support/declarations/arbitrary-declaration.ts';
import { declareTwoClusters } from '../support/declarations/two-clusters.ts';
import { makeProject, synthesize } from '../support/project.ts';
import { replaceLeaf } from '../support/schemas/replace-leaf.ts';

const hostile = fc.oneof(
  fc.constantFrom(
    '../x',
    '/etc/passwd',
    'a\nb',
    '$(reboot)',
    '`id`',
    '\u202egpj',
    '__proto__',
    'constructor',
    '-n',
    'a\tb',
    'null',
    '~',
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
);

/** The result of a synth with these files: nothing, or problems as lines that are safe to print. */
function check(files: Readonly<Record<string, string>>): void {
  const directory = makeProject(files);
  try {
    synthesize(join(directory, 'federation.yaml'));
  } catch (error) {
    // Any other error would show a stack to a user.
    if (!(error instanceof ProblemsError)) throw error;
    expect(error.message).toMatch(/^federation\.yaml: [1-9]\d* problems?\n\n/);
    expect(error.message).not.toMatch(/[^\n\P{C}]|^\s*at /mu);
    for (const { at, rule } of error.problems) expect([rule, at.line > 0, at.column > 0]).toEqual([rule, true, true]);
  }
}

test('any value in any place of the declaration is accepted or a problem', () => {
  fc.assert(
    fc.property(declarations, fc.nat(), hostile, (declaration, position, value) => {
      const manifests = declaration.workloads.map(({ name }) => [`${name}.yaml`, manifestOf(name)]);
      const text = dump(replaceLeaf(declaration, position, value), { skipInvalid: true });
      check({ 'federation.yaml': text, ...Object.fromEntries(manifests) });
    }),
    { numRuns: 150 },
  );
});

const lock = {
  clusters: {
    host: {
      uid: '11111111-2222-3333-4444-555555555555',
      kubernetesVersion: 'v1.18.20',
      gatewayAddress: '203.0.113.10',
      rootFingerprint: 'a'.repeat(64),
    },
    member: { gatewayAddress: '203.0.113.20' },
  },
};

test('any value in any place of the lock is accepted or a problem', () => {
  const files = { 'federation.yaml': declareTwoClusters('federated'), 'any.yaml': manifestOf('any') };
  check({ ...files, 'federation.lock.yaml': dump(lock) });
  fc.assert(
    fc.property(fc.nat(), hostile, (position, value) => {
      check({ ...files, 'federation.lock.yaml': dump(replaceLeaf(lock, position, value), { skipInvalid: true }) });
    }),
    { numRuns: 150 },
  );
});

const overrides = {
  member: [
    {
      resource: 'Deployment/w-any',
      replicas: 2,
      labels: { team: 'payments' },
      images: { a: 'a:2' },
      env: { a: { B: 'c' } },
      resources: { a: { limits: { memory: '1Gi' } } },
      patches: [{ op: 'add', path: '/spec/template/spec/containers/-', value: { name: 'b', image: 'b:1' } }],
    },
  ],
};

test('any value in any place of an overridden manifest is accepted or a problem', () => {
  const declaration = `${declareTwoClusters('federated')}    overrides: ${JSON.stringify(overrides)}\n`;
  const [service, deployment] = loadAll(manifestOf('any')) as object[];
  check({ 'federation.yaml': declaration, 'any.yaml': manifestOf('any') });
  fc.assert(
    fc.property(fc.nat(), hostile, (position, value) => {
      const broken = dump(replaceLeaf(deployment, position, value), { skipInvalid: true });
      check({ 'federation.yaml': declaration, 'any.yaml': `${dump(service)}---\n${broken}` });
    }),
    { numRuns: 150 },
  );
});

test('any text in the middle of a manifest is accepted or a problem', () => {
  const declaration = declareTwoClusters('federated');
  const pieces = fc.oneof(
    fc.constantFrom(
      '\n',
      ': ',
      '- ',
      '{',
      '}',
      '[',
      '"',
      '&a ',
      '*a',
      '!!binary ',
      '!x ',
      '? ',
      '<<: ',
      '0644',
      '---\n',
      '\t',
      '|',
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.nat(), fc.nat(20), fc.array(pieces, { maxLength: 3 }), (start, removed, inserted) => {
      const manifest = manifestOf('any').replaceAll(/[{}]/g, (brace) => ` ${brace} `);
      const at = start % manifest.length;
      check({
        'federation.yaml': declaration,
        'any.yaml': manifest.slice(0, at) + inserted.join('') + manifest.slice(at + removed),
      });
    }),
    { numRuns: 300 },
  );
});

test('an accepted declaration can be loaded again with the same result', () => {
  fc.assert(
    fc.property(declarations, (declaration) => {
      const manifests = declaration.workloads.map(({ name }) => [`${name}.yaml`, manifestOf(name)]);
      const directory = makeProject({ 'federation.yaml': dump(declaration), ...Object.fromEntries(manifests) });
      const load = () => loadFederation(join(directory, 'federation.yaml'));
      expect(load()).toEqual(load());
    }),
    { numRuns: 30 },
  );
});
