import type { Finding } from '../finding.ts';
import { findShapeFault } from '../manifests.ts';
import { Described } from '../problems/printable.ts';
import type { ManifestOutcome, ManifestRead } from '../read-manifests.ts';
import type { Subject } from '../subject.ts';

type Outcome<K extends ManifestOutcome['kind']> = Extract<ManifestOutcome, { kind: K }>;

/** Findings for every outcome of one kind. */
function forOutcome<K extends ManifestOutcome['kind']>(
  subject: Subject,
  kind: K,
  describe: (outcome: Outcome<K>, read: ManifestRead) => Omit<Finding, 'path'>,
): readonly Finding[] {
  return subject.reads
    .filter((read) => read.outcome.kind === kind)
    .map((read) => ({
      path: ['workloads', read.workload, 'manifests', read.entry],
      ...describe(read.outcome as Outcome<K>, read),
    }));
}

const manifestFileExists = (subject: Subject): readonly Finding[] => [
  ...forOutcome(subject, 'missing', (_, { declared }) => ({
    got: declared,
    expected: 'a file or a directory that exists, relative to the declaration',
    fix: 'create it, or correct the path',
  })),
  ...forOutcome(subject, 'unreadable', ({ reason }) => ({
    got: new Described(reason),
    expected: 'a file that can be read',
    fix: 'check what it is and its permissions',
  })),
];

const manifestFileIsInTheProject = (subject: Subject): readonly Finding[] =>
  forOutcome(subject, 'outside', (_, { declared }) => ({
    got: declared,
    expected: 'a relative path inside the project (the directory of cdk8s.yaml), symbolic links resolved',
    fix: 'copy the file into the project',
  }));

const manifestFileIsYaml = (subject: Subject): readonly Finding[] =>
  forOutcome(subject, 'invalid', ({ error }) => ({
    at: error.at,
    got: new Described(error.message),
    expected: 'YAML or JSON',
    fix: 'correct the text at this place',
  }));

const manifestFileIsNotEmpty = (subject: Subject): readonly Finding[] => [
  ...forOutcome(subject, 'empty', ({ file }) => ({
    at: { file, line: 1, column: 1 },
    got: new Described('no object'),
    expected: 'at least one Kubernetes object',
    fix: 'add one, or remove the file from the workload',
  })),
  ...forOutcome(subject, 'without-files', (_, { declared }) => ({
    got: declared,
    expected: 'a directory with .yaml, .yml or .json files',
    fix: 'add one, or remove the directory from the workload',
  })),
];

function manifestIsAKubernetesObject({ reads }: Subject): readonly Finding[] {
  return reads.flatMap(({ workload, entry, outcome }) =>
    (outcome.kind === 'read' ? outcome.manifests : []).flatMap((raw) => {
      const fault = findShapeFault(raw.value);
      if (fault === null) return [];
      const got = fault.path.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], raw.value);
      return [
        {
          path: ['workloads', workload, 'manifests', entry],
          at: raw.document.locate([...raw.path, ...fault.path]),
          got,
          expected: fault.expected,
          fix: 'write a plain Kubernetes object with apiVersion, kind and metadata.name',
        },
      ];
    }),
  );
}

/** Rules about manifest files. */
export const manifestFileRules = {
  manifestFileExists,
  manifestFileIsInTheProject,
  manifestFileIsYaml,
  manifestFileIsNotEmpty,
  manifestIsAKubernetesObject,
};
