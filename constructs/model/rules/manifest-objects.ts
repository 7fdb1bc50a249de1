import { configuresTheMesh } from '../../domain/istio-kinds.ts';
import { type FederatedKind, federatedKindsOf } from '../../domain/kubefed-kinds.ts';
import { kubefedReleases } from '../../domain/kubefed-releases.ts';
import { isBuiltInGroup, isNamespaced } from '../../domain/kubernetes-kinds.ts';
import { Described } from '../../domain/printable.ts';
import type { Finding } from '../finding.ts';
import { deliveryOf, engineOf, type Manifest, type Subject, workloadsOf } from '../subject.ts';

type Fault = Pick<Finding, 'got' | 'expected' | 'fix'> & { readonly at: readonly string[] };

/** Findings for every object that `judge` objects to; `at` is the part of the object that it names. */
function forObjects(
  subject: Subject,
  judge: (manifest: Manifest, delivery: 'federated' | 'direct' | undefined) => Fault | null,
): readonly Finding[] {
  const workloads = new Map(workloadsOf(subject).map((draft) => [draft.index, draft]));
  return subject.manifests.flatMap((manifest) => {
    const draft = workloads.get(manifest.workload);
    const fault = judge(manifest, draft === undefined ? undefined : deliveryOf(draft));
    if (fault === null) return [];
    const at = manifest.raw.document.locate([...manifest.raw.path, ...fault.at]);
    return [{ ...fault, path: ['workloads', manifest.workload, 'manifests', manifest.entry], at }];
  });
}

function manifestNamespaceIsTheWorkloads(subject: Subject): readonly Finding[] {
  return forObjects(subject, ({ workload, namespace, kind }) => {
    const expected = subject.declaration.workloads?.[workload]?.namespace;
    if (namespace === null || expected === undefined) return null;
    const at = ['metadata', 'namespace'];
    if (!isNamespaced(kind))
      return { at, got: namespace, expected: `no namespace: ${kind} has none`, fix: 'remove it' };
    if (namespace === expected) return null;
    return {
      at,
      got: namespace,
      expected: `"${expected}", the namespace of the workload`,
      fix: 'remove it from the manifest',
    };
  });
}

const manifestMakesNoNamespace = (subject: Subject): readonly Finding[] =>
  forObjects(subject, ({ group, kind, name }) =>
    group === '' && kind === 'Namespace'
      ? {
          at: ['kind'],
          got: new Described(`Namespace/${name}`),
          expected: 'no Namespace: the namespaces of all workloads are made from the declaration',
          fix: "remove it; the workload's namespace is enough",
        }
      : null,
  );

const manifestKindIsBuiltIn = (subject: Subject): readonly Finding[] =>
  forObjects(subject, ({ group, kind }) =>
    isBuiltInGroup(group) || configuresTheMesh(group)
      ? null
      : {
          at: ['apiVersion'],
          got: new Described(`${kind} of ${group}`),
          expected: 'a kind that Kubernetes itself or Istio serves',
          fix: 'apply objects of other APIs by other means',
        },
  );

// A template has no apiVersion of its own: KubeFed makes it an object of the version that its type config names.
function ofTheOtherVersion({ kind, apiVersion }: FederatedKind, got: string): Fault {
  return {
    at: ['apiVersion'],
    got,
    expected: `${apiVersion}: the version in which KubeFed makes ${kind}s`,
    fix: `write it as ${apiVersion}`,
  };
}

function manifestKindIsFederated(subject: Subject): readonly Finding[] {
  const release = kubefedReleases[subject.declaration.federation?.version ?? ''];
  if (release === undefined) return [];
  const kinds = federatedKindsOf(release);
  return forObjects(subject, ({ apiVersion, group, kind }, delivery) => {
    if (delivery !== 'federated' || !isBuiltInGroup(group) || ['Namespace', 'Secret'].includes(kind)) return null;
    const row = kinds.find((known) => known.kind === kind && known.group === group);
    if (row?.apiVersion === apiVersion) return null;
    if (row !== undefined) return ofTheOtherVersion(row, apiVersion);
    return {
      at: ['kind'],
      got: new Described(group === '' ? kind : `${kind} of ${group}`),
      expected: `a kind that KubeFed federates: ${kinds.map((row) => (row.kind === 'Ingress' ? `Ingress of ${row.group}` : row.kind)).join(', ')}`,
      fix: 'move it to a workload with delivery: direct',
    };
  });
}

const kept = new Set(['name', 'namespace', 'labels', 'creationTimestamp']);

// KubeFed drops annotations and finalizers of a template, with no more than an event (v0.4.1 pkg/controller/sync).
const federatedTemplateHasOnlyLabels = (subject: Subject): readonly Finding[] =>
  forObjects(subject, ({ object, group }, delivery) => {
    if (engineOf(subject)?.name === 'plain' || configuresTheMesh(group)) return null;
    const lost = Object.keys(object.metadata as object).find((key) => !kept.has(key));
    if (delivery !== 'federated' || lost === undefined) return null;
    return {
      at: ['metadata', lost],
      got: new Described(`metadata.${lost}`),
      expected: 'no metadata but name, namespace and labels: KubeFed drops the rest',
      fix: 'remove it, or use delivery: direct',
    };
  });

function manifestIsDeclaredOnce(subject: Subject): readonly Finding[] {
  const seen = new Set<string>();
  return forObjects(subject, ({ workload, group, kind, name }) => {
    const namespace = subject.declaration.workloads?.[workload]?.namespace ?? '';
    const identity = JSON.stringify([group, kind, isNamespaced(kind) ? namespace : '', name]);
    const isRepeated = seen.has(identity);
    seen.add(identity);
    if (!isRepeated) return null;
    const expected = 'each object in one workload only: two writers would fight over it';
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
  manifestKindIsBuiltIn,
  manifestKindIsFederated,
  federatedTemplateHasOnlyLabels,
  manifestIsDeclaredOnce,
};
