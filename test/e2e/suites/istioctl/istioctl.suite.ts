import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { versionOf } from '../../build/chosen.ts';
import { environment, type Synthesized } from '../../environment.ts';
import { documentsIn, groupOf, type KubeObject } from '../../kubernetes/documents.ts';
import { say } from '../../machine/wait.ts';
import { analyze, type Message } from '../../mesh/analyze.ts';
import { istioctlOffline } from '../../mesh/istioctl.ts';
import { declarationOf, stepsOf } from '../../product/output.ts';
import { ensureMesh, manifest, mesh, valuesOf } from '../smoke-mesh/mesh.ts';

const both = mesh();

/** Istio's configuration kinds in an output, which istioctl can validate without a cluster. */
function configuration(output: Synthesized): KubeObject[] {
  const steps = stepsOf(output).filter((step) => step.action === 'apply');
  const objects = steps.flatMap((step) => documentsIn(join(output.directory, step.path)));
  return objects.filter((one) => groupOf(one).endsWith('.istio.io') && groupOf(one) !== 'install.istio.io');
}

function operators(output: Synthesized): string[] {
  return stepsOf(output)
    .filter((step) => step.action === 'istioctl-install')
    .map((step) => join(output.directory, step.path));
}

/** Whether the built istioctl installs a declaration of this version: the minor versions must be equal. */
function isCurrent(output: Synthesized): boolean {
  const minor = (version: string) => version.split('.').slice(0, 2).join('.');
  return minor(declarationOf(output).istio.version) === minor(versionOf('istio'));
}

describe.each(environment().synthesized)('$declaration', (output) => {
  test('istioctl validate accepts its Istio objects', async () => {
    const objects = configuration(output);
    expect(objects).not.toEqual([]);
    const ran = await istioctlOffline(
      ['validate', '--filename', '-'],
      objects.map((one) => stringify(one)).join('---\n'),
    );
    expect(ran.status, `${ran.stdout}${ran.stderr}`).toBe(0);
  });

  test('istioctl manifest generate accepts its IstioOperators of this version, if it has any', async () => {
    const files = operators(output);
    const { installer = 'istioctl' } = declarationOf(output).istio;
    expect(files.length > 0, installer).toBe(installer === 'istioctl');
    if (!isCurrent(output)) {
      say(
        `${output.declaration}: its IstioOperators are for ${declarationOf(output).istio.version}; istioctl ${versionOf('istio')} does not judge them`,
      );
      return;
    }
    for (const file of files) await expectGenerates(file, []);
  });
});

async function expectGenerates(file: string, flags: readonly string[], input = ''): Promise<void> {
  const ran = await istioctlOffline(['manifest', 'generate', '--filename', file, ...flags], input);
  expect(ran.status, `${file}: ${ran.stderr}`).toBe(0);
  expect(ran.stdout, file).toContain('kind: MutatingWebhookConfiguration');
}

describe('the smoke mesh', () => {
  beforeAll(() => ensureMesh(both));

  test('istioctl manifest generate accepts its IstioOperators', async () => {
    await expectGenerates('-', [], manifest('primary.yaml', valuesOf(both.primary)));
    await expectGenerates('-', [], manifest('remote.yaml', valuesOf(both.remote, { PRIMARY_ADDRESS: '192.0.2.1' })));
  });

  test('istioctl manifest generate refuses an unknown field', async () => {
    const broken = manifest('primary.yaml', valuesOf(both.primary)).replace('meshID:', 'meshIdentity:');
    const ran = await istioctlOffline(['manifest', 'generate', '--filename', '-'], broken);
    expect(ran.status).not.toBe(0);
    expect(ran.stderr).toContain('unknown field "meshIdentity"');
  });

  test('istioctl validate refuses an unknown field', async () => {
    const ran = await istioctlOffline(
      ['validate', '--filename', '-'],
      manifest('expose-services.yaml').replace('servers:', 'server:'),
    );
    expect(ran.status).not.toBe(0);
  });

  test('istioctl analyze finds no error in it', async () => {
    expect(await errorsWith([])).toEqual([]);
  });

  test('istioctl analyze finds the error of a Gateway that selects no pods', async () => {
    const gateway = new URL('../baseline/cluster-aware-gateway.yaml', import.meta.url).pathname;
    expect(await errorsWith([gateway])).toEqual([expect.stringContaining('IST0101')]);
  });
});

/** The errors that istioctl finds in the mesh's namespaces, with these files treated as applied. */
async function errorsWith(files: readonly string[]): Promise<string[]> {
  const messages: Message[] = [];
  for (const namespace of ['istio-system', 'smoke']) {
    messages.push(...(await analyze(both.primary, [...files, '--namespace', namespace])));
  }
  const errors = messages.filter((one) => one.level === 'Error').map((one) => `${one.code} ${one.message}`);
  return [...new Set(errors)];
}
