import { valueAt } from '../../../domain/json/path.ts';
import { syntaxAdvice } from '../../documents/read-document.ts';
import type { ManifestOutcome, ManifestRead } from '../../manifests/read-manifests.ts';
import { findShapeFault } from '../../manifests/to-manifests.ts';
import type { Finding } from '../../problems/finding.ts';
import { Described } from '../../problems/printable.ts';
import type { Evidence } from '../evidence.ts';

type Outcome<K extends ManifestOutcome['kind']> = Extract<ManifestOutcome, { kind: K }>;

/** Findings for every outcome of one kind. */
function forOutcome<K extends ManifestOutcome['kind']>(
  evidence: Evidence,
  kind: K,
  describe: (outcome: Outcome<K>, read: ManifestRead) => Omit<Finding, 'path'>,
): readonly Finding[] {
  return evidence.reads
    .filter((read) => read.outcome.kind === kind)
    .map((read) => ({
      path: ['workloads', read.workload, 'manifests', read.entry],
      ...describe(read.outcome as Outcome<K>, read),
    }));
}

const manifestFileExists = (evidence: Evidence): readonly Finding[] => [
  ...forOutcome(evidence, 'missing', (_, { declared }) => ({
    got: declared,
    expected: 'a file or a directory that exists, relative to the declaration',
    fix: 'create it, or correct the path',
  })),
  ...forOutcome(evidence, 'unreadable', ({ got, expected, fix }) => ({ got: new Described(got), expected, fix })),
];

const manifestFileIsInTheProject = (evidence: Evidence): readonly Finding[] =>
  forOutcome(evidence, 'outside', (_, { declared }) => ({
    got: declared,
    expected: 'a relative path inside the project (the directory of cdk8s.yaml), symbolic links resolved',
    fix: 'copy the file into the project',
  }));

const manifestFileIsYaml = (evidence: Evidence): readonly Finding[] =>
  forOutcome(evidence, 'invalid', ({ error }) => ({
    at: error.at,
    got: new Described(error.message),
    ...syntaxAdvice('YAML or JSON'),
    ...error.advice,
  }));

const manifestFileIsNotEmpty = (evidence: Evidence): readonly Finding[] => [
  ...forOutcome(evidence, 'empty', ({ file }) => ({
    at: { file, line: 1, column: 1 },
    got: new Described('no object'),
    expected: 'at least one Kubernetes object',
    fix: 'add one, or remove the file from the workload',
  })),
  ...forOutcome(evidence, 'without-files', (_, { declared }) => ({
    got: declared,
    expected: 'a directory with .yaml, .yml or .json files',
    fix: 'add one, or remove the directory from the workload',
  })),
];

function manifestIsAKubernetesObject({ reads }: Evidence): readonly Finding[] {
  return reads.flatMap(({ workload, entry, outcome }) =>
    (outcome.kind === 'read' ? outcome.manifests : []).flatMap((raw) => {
      const fault = findShapeFault(raw.value);
      if (fault === null) return [];
      return [
        {
          path: ['workloads', workload, 'manifests', entry],
          at: raw.document.locate([...raw.path, ...fault.path]),
          got: valueAt(raw.value, fault.path),
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
