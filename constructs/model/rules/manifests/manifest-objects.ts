import { isDefinition } from '../../../domain/kubernetes/custom-kinds.ts';
import type { Finding } from '../../problems/finding.ts';
import { Described } from '../../problems/printable.ts';
import type { Evidence } from '../evidence.ts';
import { forObjects } from './for-objects.ts';

function manifestNamespaceIsTheWorkloads(evidence: Evidence): readonly Finding[] {
  return forObjects(evidence, ({ workload, namespace, kind, isNamespaced }) => {
    const expected = evidence.declaration.workloads?.[workload]?.namespace;
    if (namespace === null || expected === undefined) return null;
    const at = ['metadata', 'namespace'];
    if (!isNamespaced) return { at, got: namespace, expected: `no namespace: ${kind} has none`, fix: 'remove it' };
    if (namespace === expected) return null;
    return {
      at,
      got: namespace,
      expected: `"${expected}", the namespace of the workload`,
      fix: 'remove it from the manifest',
    };
  });
}

const manifestMakesNoNamespace = (evidence: Evidence): readonly Finding[] =>
  forObjects(evidence, ({ group, kind, name }) =>
    group === '' && kind === 'Namespace'
      ? {
          at: ['kind'],
          got: new Described(`Namespace/${name}`),
          expected: 'no Namespace: the namespaces of all workloads are generated from the declaration',
          fix: "remove it; the workload's namespace is enough",
        }
      : null,
  );

const identity = ['name', 'namespace', 'creationTimestamp'];

// KubeFed drops annotations and finalizers of a template and reports that only in an event (v0.4.1
// pkg/controller/sync). Karmada drops finalizers and owners without an event (v1.18.2, seen).
function federatedMetadataIsCarried(evidence: Evidence): readonly Finding[] {
  const { engine } = evidence;
  const carried = engine?.facts.keptMetadata ?? null;
  if (engine === null || carried === null) return [];
  return forObjects(evidence, (manifest, delivery) => {
    if (delivery !== 'federated' || manifest.configuresTheMesh || isDefinition(manifest)) return null;
    const known = [...identity, ...carried];
    const lost = Object.keys(manifest.object.metadata as object).find((key) => !known.includes(key));
    if (lost === undefined) return null;
    return {
      at: ['metadata', lost],
      got: new Described(`metadata.${lost}`),
      expected: `no metadata other than name, namespace, ${carried.join(' and ')}: ${engine.facts.title} drops the rest`,
      fix: 'remove it, or use delivery: direct',
    };
  });
}

function manifestIsDeclaredOnce(evidence: Evidence): readonly Finding[] {
  const seen = new Set<string>();
  return forObjects(evidence, ({ workload, group, kind, name, isNamespaced }) => {
    const namespace = evidence.declaration.workloads?.[workload]?.namespace ?? '';
    const identity = JSON.stringify([group, kind, isNamespaced ? namespace : '', name]);
    const isRepeated = seen.has(identity);
    seen.add(identity);
    if (!isRepeated) return null;
    const expected = 'each object in one workload only: two workloads would overwrite it in turn';
    return {
      at: ['metadata', 'name'],
      got: new Described(`${kind}/${name}`),
      expected,
      fix: 'remove one of the two, or rename it',
    };
  });
}

/** Rules about the objects of workloads. */
export const manifestObjectRules = {
  manifestNamespaceIsTheWorkloads,
  manifestMakesNoNamespace,
  federatedMetadataIsCarried,
  manifestIsDeclaredOnce,
};
