import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { moduleFile } from '../../build/go.ts';
import { environment } from '../../environment.ts';
import { kubectl } from '../../kubernetes/kubectl.ts';
import { untilEstablished } from '../../machine/established.ts';
import { REPOSITORY } from '../../machine/paths.ts';
import { say } from '../../machine/wait.ts';
import { applyStep, objectsOf } from '../../product/apply.ts';
import { definitionsAmong, established } from '../../product/gates.ts';
import {
  clusterFor,
  clustersOf,
  declarationOf,
  federationNameOf,
  objectsOf as listedObjects,
  type Step,
  stepsOf,
} from '../../product/output.ts';
import { kubefedCrds } from '../federation/kubefed.ts';
import { applySteps, bringNamespaces, expectThere, removeAll } from './accept.ts';

// A patch replaces the selector of a disruption budget as a whole, so kubectl always sends it.
const UNCHANGED = / unchanged$|^poddisruptionbudget\.policy\/\S+ configured$/;

// Each declaration costs ten seconds, mostly for removing its namespaces. This one differs from others only in the type
// of a Service.
const accepted = environment().synthesized.filter((one) => one.declaration !== 'examples/helm.yaml');

beforeAll(async () => {
  // The repository's trimmed CRDs: the Sail operator's module is not available, and Karmada's takes long to build.
  const trimmed = readdirSync(join(REPOSITORY, 'crds')).filter((name) => /^(sail-operator|karmada-)/.test(name));
  const files = [
    moduleFile('istio', 'manifests/charts/base/files/crd-all.gen.yaml'),
    ...kubefedCrds(),
    ...trimmed.map((name) => join(REPOSITORY, 'crds', name)),
  ];
  await Promise.all(
    environment().clusters.map(async (cluster) => {
      await kubectl(cluster, ['apply', '--server-side', ...files.map((file) => `--filename=${file}`)]);
      await untilEstablished((words) => kubectl(cluster, words), ['crd', '--all']);
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
      const objects = objectsOf(output, step);
      expect(lines, step.path).toHaveLength(objects.length);
      // The part of the gate that needs only the API server.
      if (step.wait === 'types-enabled') await established(clusterFor(output, step.cluster), definitionsAmong(objects));
    }
    const others = steps.filter((step) => step.action !== 'apply' && step.action !== 'none').map((step) => step.action);
    say(`${output.declaration}: not applied here: ${[...new Set(others)].join(', ') || 'nothing'}`);
  });

  test('the second time nothing changes', async () => {
    // Built-in types know how lists merge. Requesting the server's whole schema takes 5 to 15 seconds per cluster.
    const flags = ['--openapi-patch=false'];
    const applyAgain = async (step: Step): Promise<void> => {
      for (const line of await applyStep(output, step, flags)) expect(line, step.path).toMatch(UNCHANGED);
    };
    // Objects that exist already need no order.
    await Promise.all(
      clustersOf(output).map(async (cluster) => {
        for (const step of applySteps(output).filter((one) => one.cluster === cluster)) await applyAgain(step);
      }),
    );
  });

  test('objects.tsv lists exactly the objects in the clusters', async () => {
    const listed = listedObjects(output);
    await Promise.all(
      clustersOf(output).map((cluster) =>
        expectThere(
          clusterFor(output, cluster),
          listed.filter((one) => one.cluster === cluster),
        ),
      ),
    );
    const applied = applySteps(output).flatMap((step) =>
      objectsOf(output, step).map(
        (one) => `${step.cluster} ${one.kind} ${one.metadata.namespace ?? ''}/${one.metadata.name}`,
      ),
    );
    expect(listed.map((one) => `${one.cluster} ${one.kind} ${one.namespace}/${one.name}`).sort()).toEqual(
      applied.sort(),
    );
  });

  // So that the next declaration finds the clusters in the same state as this one.
  test('it can be deleted again, in reverse', async () => {
    await removeAll(output);
  });
});
