import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minorOf } from '../../../../constructs/domain/istio/releases.ts';
import { newestSailVersion } from '../../../../constructs/domain/istio/sail-versions.ts';
import { versionOf } from '../../build/chosen.ts';
import type { Synthesized } from '../../environment.ts';
import { clustersOf } from '../../product/output.ts';
import { type Installer, synthesize, type Variation } from '../../product/synthesize.ts';
import { alike, withImagesOf, withoutImages } from './alike.ts';
import { renderedByHelm, renderedByIstioctl, renderedFrom, valuesOf } from './rendered.ts';

// The newest version of the same minor in the Sail operator's closed list. Its charts differ from those of the built
// version.
const SAIL: Partial<Variation> = { version: newestSailVersion(minorOf(versionOf('istio'))) };

const DECLARATIONS = [
  { declaration: 'test/e2e/suites/installers/primary-remote.yaml', clusters: ['host', 'member', 'edge'] },
  { declaration: 'test/e2e/suites/installers/multi-primary.yaml', clusters: ['host', 'member'] },
];

describe.each(DECLARATIONS)('$declaration: every installer installs the same control plane', (row) => {
  const root = mkdtempSync(join(tmpdir(), 'mesh-federation-installers-'));
  const outputs = new Map<Installer, Synthesized>();

  function outputOf(installer: Installer): Synthesized {
    const output = outputs.get(installer);
    if (output === undefined) throw new Error(`no output for ${installer}`);
    return output;
  }

  beforeAll(async () => {
    const variations = (['istioctl', 'helm', 'sail'] as const).map((installer) => ({
      declaration: row.declaration,
      installer,
      ...(installer === 'sail' ? SAIL : {}),
    }));
    for (const one of variations) outputs.set(one.installer, await synthesize(one, root));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test('the outputs have the compared clusters', () => {
    for (const output of outputs.values()) expect(clustersOf(output)).toEqual(row.clusters);
  });

  test.each(row.clusters)('%s: istioctl, helm and the Sail operator', async (cluster) => {
    const byHelm = alike(await renderedByHelm(outputOf('helm'), cluster));
    expect(Object.keys(byHelm).length).toBeGreaterThan(20);
    expect(alike(await renderedByIstioctl(outputOf('istioctl'), cluster))).toEqual(byHelm);

    const [sail, helm] = [valuesOf(outputOf('sail'), cluster), valuesOf(outputOf('helm'), cluster)];
    expect(withoutImages(sail)).toEqual(withoutImages(helm));
    expect(alike(await renderedFrom(withImagesOf(sail, helm)))).toEqual(byHelm);
  });
});

// Only istioctl and helm can take an address that is found during the rollout.
describe('with an undeclared address', () => {
  const root = mkdtempSync(join(tmpdir(), 'mesh-federation-installers-'));
  const declaration = 'test/e2e/suites/topologies/mixed-networks.yaml';
  afterAll(() => rmSync(root, { recursive: true }));

  test('istioctl and helm install the same in every cluster', async () => {
    const istioctl = await synthesize({ declaration, installer: 'istioctl' }, root);
    const helm = await synthesize({ declaration, installer: 'helm' }, root);
    for (const cluster of clustersOf(istioctl)) {
      const byIstioctl = alike(await renderedByIstioctl(istioctl, cluster));
      expect(alike(await renderedByHelm(helm, cluster)), cluster).toEqual(byIstioctl);
    }
  });
});
