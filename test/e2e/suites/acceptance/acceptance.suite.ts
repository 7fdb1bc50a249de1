import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { moduleFile } from '../../build/go.ts';
import { applyStep, objectsOf } from '../../ground/apply.ts';
import { ground } from '../../ground/ground.ts';
import { kubectl } from '../../ground/kubectl.ts';
import {
  clustersOf,
  declarationOf,
  federationNameOf,
  objectsOf as listedObjects,
  stageFor,
  stepsOf,
} from '../../ground/output.ts';
import { REPOSITORY } from '../../machine/paths.ts';
import { say } from '../../machine/wait.ts';
import { kubefedCrds } from '../federation/kubefed.ts';
import { applySteps, bringNamespaces, expectThere, removeAll } from './accept.ts';

// A disruption budget's selector is one of the few fields that a patch replaces as a whole, so kubectl always sends it.
const UNCHANGED = / unchanged$|^poddisruptionbudget\.policy\/\S+ configured$/;

// Each declaration costs ten seconds, most of which its namespaces take to go. This one applies what others do, but for
// the type of a Service.
const accepted = ground().synthesized.filter((one) => one.declaration !== 'examples/helm.yaml');

beforeAll(async () => {
  // The Sail operator's, trimmed, are the repository's own: its module is not to be had.
  const sail = join(REPOSITORY, 'crds/sail-operator.yaml');
  const files = [moduleFile('istio', 'manifests/charts/base/files/crd-all.gen.yaml'), ...kubefedCrds(), sail];
  await Promise.all(
    ground().clusters.map(async (cluster) => {
      for (const file of files) await kubectl(cluster, ['apply', '--server-side', `--filename=${file}`]);
      await kubectl(cluster, ['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']);
    }),
  );
});

test('there is output to accept', () => {
  expect(accepted.length).toBeGreaterThan(0);
});

describe.each(accepted)('$declaration', (output) => {
  const steps = stepsOf(output);
  const names = new Map(declarationOf(output).clusters.map((one) => [one.name, federationNameOf(output, one.name)]));

  test('every object is accepted, field by field, in the order of the plan', async () => {
    for (const [index, step] of steps.entries()) {
      if (step.action !== 'apply') continue;
      await bringNamespaces(output, steps.slice(0, index), step, names);
      const lines = await applyStep(output, step);
      expect(lines, step.path).toHaveLength(objectsOf(output, step).length);
    }
    const others = steps.filter((step) => step.action !== 'apply' && step.action !== 'none').map((step) => step.action);
    say(`${output.declaration}: not applied here: ${[...new Set(others)].join(', ') || 'nothing'}`);
  });

  test('the second time nothing changes', async () => {
    // Built-in types know how lists merge: asking the server for its whole schema takes it 5 to 15 seconds per cluster.
    const flags = ['--openapi-patch=false'];
    for (const step of applySteps(output)) {
      for (const line of await applyStep(output, step, flags)) expect(line, step.path).toMatch(UNCHANGED);
    }
  });

  test('objects.tsv lists what is in the clusters, and nothing else', async () => {
    const listed = listedObjects(output);
    for (const cluster of clustersOf(output)) {
      const objects = listed.filter((one) => one.cluster === cluster);
      await expectThere(stageFor(output, cluster), objects);
    }
    const applied = applySteps(output).flatMap((step) =>
      objectsOf(output, step).map(
        (one) => `${step.cluster} ${one.kind} ${one.metadata.namespace ?? ''}/${one.metadata.name}`,
      ),
    );
    expect(listed.map((one) => `${one.cluster} ${one.kind} ${one.namespace}/${one.name}`).sort()).toEqual(
      applied.sort(),
    );
  });

  // So that the next declaration finds the clusters as this one did.
  test('it can be deleted again, in reverse', async () => {
    await removeAll(output);
  });
});
