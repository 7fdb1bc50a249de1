import { basename } from 'node:path/posix';
import { valueAt } from '../../../domain/json/path.ts';
import { versionsOfKind } from '../../../domain/kubernetes/built-in-kinds.ts';
import { adviseOnOutside, describeProject } from '../../documents/project.ts';
import { syntaxAdvice } from '../../documents/read-document.ts';
import { nearestKind } from '../../manifests/kind-names.ts';
import type { ManifestOutcome, ManifestRead } from '../../manifests/read-manifests.ts';
import { findShapeFault } from '../../manifests/to-manifests.ts';
import type { Finding } from '../../problems/finding.ts';
import { Described } from '../../problems/printable.ts';
import { nearest } from '../../problems/suggestion.ts';
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

function adviseOnMissing(declared: string, nearby: readonly string[]): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(declared)) return 'download it into the project: a synth uses no network';
  if (/[*?[{]/.test(declared)) return 'name the directory: all its .yaml, .yml and .json files are read';
  if (/^~|\$/.test(declared)) return 'write the path itself: "~" and variables mean nothing here';
  const name = basename(declared);
  const near = nearest(name, nearby);
  return near === null
    ? 'create it, or correct the path'
    : `did you mean "${declared.slice(0, declared.lastIndexOf(name))}${near}"?`;
}

const manifestFileExists = (evidence: Evidence): readonly Finding[] => [
  ...forOutcome(evidence, 'missing', ({ nearby }, { declared }) => ({
    got: declared,
    expected: 'a file or a directory that exists, relative to the declaration',
    fix: adviseOnMissing(declared, nearby),
  })),
  ...forOutcome(evidence, 'unreadable', ({ got, expected, fix }) => ({ got: new Described(got), expected, fix })),
];

const manifestFileIsInTheProject = (evidence: Evidence): readonly Finding[] =>
  forOutcome(evidence, 'outside', (_, { declared }) => ({
    got: declared,
    expected: `a path inside the project: ${describeProject(evidence.project)}`,
    fix: adviseOnOutside(evidence.project, declared),
  }));

const manifestFileIsYaml = (evidence: Evidence): readonly Finding[] =>
  forOutcome(evidence, 'invalid', ({ error }) => ({
    at: error.at,
    got: new Described(error.message),
    ...syntaxAdvice('YAML or JSON'),
    ...error.advice,
  }));

const manifestIsRendered = (evidence: Evidence): readonly Finding[] =>
  forOutcome(evidence, 'unrendered', ({ renderer, path, isFile }) => ({
    at: isFile ? { file: path, line: 1, column: 1 } : undefined,
    got: new Described(`${renderer.input}: ${path === '' ? 'the whole project' : path}`),
    expected: 'plain Kubernetes objects: a synth only reads files, and runs no tool that makes them',
    fix: `run "${renderer.command(path === '' ? '.' : path)}" in the directory of the project, and name the new file in manifests instead`,
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

const plainObject = 'write a plain Kubernetes object with apiVersion, kind and metadata.name';

/** What a reader does about the part of a document that keeps it from being an object. */
function adviseOnFault(value: unknown, path: readonly string[]): string {
  const kind = valueAt(value, ['kind']);
  const [place] = path;
  const near = typeof kind === 'string' ? nearestKind(kind) : null;
  if (place === 'kind' && near !== null) return `did you mean "${near}"?`;
  const [apiVersion] = near === kind && near !== null ? versionsOfKind(near) : [];
  if (place === 'apiVersion' && apiVersion !== undefined) return `write apiVersion: ${apiVersion}`;
  return place === 'metadata' ? 'write metadata with a name: "metadata: {name: NAME}"' : plainObject;
}

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
          fix: adviseOnFault(raw.value, fault.path),
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
  manifestIsRendered,
  manifestFileIsNotEmpty,
  manifestIsAKubernetesObject,
};
