import { join } from 'node:path';
import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import { type DeclarationData, declarations, manifestOf } from '../support/declarations/arbitrary-declaration.ts';
import { makeProject, synthesize } from '../support/project.ts';

type Mapping = Readonly<Record<string, unknown>>;
type Output = Readonly<Record<string, string>>;

// A version that every installer supports, and the user's own values.
const istio = {
  version: '1.30.3',
  values: { meshConfig: { accessLogFile: '/dev/stdout' }, pilot: { env: { PILOT_ENABLE_ALPN_FILTER: 'false' } } },
};

function output(declaration: DeclarationData, installer: string): Output {
  const manifests = declaration.workloads.map(({ name }) => [`${name}.yaml`, manifestOf(name)]);
  const changed = { ...declaration, istio: { ...declaration.istio, ...istio, installer } };
  const directory = makeProject({ 'federation.yaml': dump(changed), ...Object.fromEntries(manifests) });
  return synthesize(join(directory, 'federation.yaml'));
}

const isOfInstaller = (path: string): boolean => /(20-control-plane|40-remote)\//.test(path);

/** The content of an installation for any installer: the profile and the values, by directory. */
function installations(files: Output): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => isOfInstaller(path) && /\/(istiod|istiod-values)\.yaml$/.test(path))
      .map(([path, content]) => [
        path.slice(0, path.lastIndexOf('/')),
        readInstallation(loadAll(content)[0] as Mapping),
      ]),
  );
}

function readInstallation(document: Mapping): unknown {
  const spec = (document.spec ?? {}) as Mapping;
  const { profile, ...values } = 'values' in spec ? { ...(spec.values as Mapping), profile: spec.profile } : document;
  return { isRemote: profile === 'remote', values };
}

test('every installer gets the same values, and all other files are the same', () => {
  const current = declarations.filter(({ istio: { version } }) => /^1\.(29|3\d)\./.test(version));
  fc.assert(
    fc.property(current, (declaration) => {
      const [istioctl, helm, sail] = ['istioctl', 'helm', 'sail'].map((installer) =>
        output(declaration, installer),
      ) as [Output, Output, Output];
      const expected = installations(istioctl);
      expect(Object.keys(expected)).toHaveLength(declaration.clusters.length);
      expect(installations(helm)).toEqual(expected);
      expect(installations(sail)).toEqual(expected);
      const others = (files: Output): Output =>
        Object.fromEntries(
          Object.entries(files).filter(
            ([path]) => !isOfInstaller(path) && !/\.tsv$|^checksums$|(inventory|output|plan)\.json$/.test(path),
          ),
        );
      expect(others(helm)).toEqual(others(istioctl));
      expect(others(sail)).toEqual(others(istioctl));
    }),
    { numRuns: 20 },
  );
});

test('the base chart gets only values that the chart of istiod gets, too', () => {
  fc.assert(
    fc.property(
      declarations.filter(({ istio: { version } }) => !version.startsWith('1.7.')),
      (declaration) => {
        const files = output(declaration, 'helm');
        for (const [path, content] of Object.entries(files).filter(([one]) => one.endsWith('/base-values.yaml'))) {
          const all = loadAll(files[path.replace('base-values', 'istiod-values')] ?? '')[0];
          expect(all).toMatchObject(loadAll(content)[0] as object);
        }
      },
    ),
    { numRuns: 20 },
  );
});
