import { type Node, type Scalar, visit } from 'yaml';
import { findKeyMaterial } from '../../domain/key-material.ts';
import { Described } from '../../domain/printable.ts';
import type { Finding } from '../finding.ts';
import type { ManifestRead, RawManifest } from '../read-manifests.ts';
import type { Subject } from '../subject.ts';

// What a YAML 1.1 reader (kubectl's) and a YAML 1.2 reader take for different values: words for booleans, octal,
// binary and base-60 numbers, digits grouped by underscores.
const readDifferently =
  /^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|[-+]?0[0-7_]+|0o[0-7]+|[-+]?0b[01_]+|[-+]?[1-9][\d_]*(?::[0-5]?\d)+(?:\.\d*)?|[-+]?[1-9]\d*_[\d_]*(?:\.[\d_]*)?)$/;

// Keys by which an object stops being plain data in JavaScript; the value under them would be lost.
const unsafeKeys = new Set(['__proto__', 'constructor']);

/** A scalar of a manifest, with the place that a finding about it names. */
interface Place {
  readonly node: Scalar;
  readonly isKey: boolean;
}

function scalarsOf(raw: RawManifest): readonly Place[] {
  const root = raw.path.length === 0 ? raw.document.nodes.contents : raw.document.nodes.getIn(raw.path, true);
  const places: Place[] = [];
  if (root === null || root === undefined) return places;
  visit(root as Node, {
    Scalar: (key, node) => {
      places.push({ node, isKey: key === 'key' });
    },
  });
  return places;
}

/** Findings for every scalar of every manifest that `judge` objects to. */
function forScalars(
  { reads }: Subject,
  judge: (place: Place) => Pick<Finding, 'got' | 'expected' | 'fix'> | null,
): readonly Finding[] {
  const inRead = ({ workload, entry, outcome }: ManifestRead): readonly Finding[] =>
    (outcome.kind === 'read' ? outcome.manifests : []).flatMap((raw) =>
      scalarsOf(raw).flatMap((place) => {
        const fault = judge(place);
        if (fault === null) return [];
        return [
          { path: ['workloads', workload, 'manifests', entry], at: raw.document.locateNode(place.node), ...fault },
        ];
      }),
    );
  return reads.flatMap(inRead);
}

const manifestScalarIsUnambiguous = (subject: Subject): readonly Finding[] =>
  forScalars(subject, ({ node }) =>
    node.type === 'PLAIN' && readDifferently.test(node.source ?? '')
      ? {
          got: node.source,
          expected: 'a value that YAML 1.1 (kubectl) and YAML 1.2 read alike',
          fix: 'quote it if it is text; write true, false or a decimal number if it is not',
        }
      : null,
  );

const manifestNumberIsExact = (subject: Subject): readonly Finding[] =>
  forScalars(subject, ({ node }) =>
    typeof node.value === 'number' && (!Number.isFinite(node.value) || Math.abs(node.value) > Number.MAX_SAFE_INTEGER)
      ? {
          got: new Described(node.source ?? ''),
          expected: 'a finite number of at most 2^53 - 1: beyond it KubeFed and JSON lose digits',
          fix: 'quote it if it is text, or choose a smaller number',
        }
      : null,
  );

const manifestKeyIsPlainData = (subject: Subject): readonly Finding[] =>
  forScalars(subject, ({ node, isKey }) =>
    isKey && unsafeKeys.has(String(node.value))
      ? { got: node.value, expected: `a key other than ${[...unsafeKeys].join(' and ')}`, fix: 'rename the key' }
      : null,
  );

function manifestHoldsNoKeyMaterial(subject: Subject): readonly Finding[] {
  return forScalars(subject, ({ node }) => {
    const secret = typeof node.value === 'string' ? findKeyMaterial(node.value) : null;
    if (secret === null) return null;
    // The value itself must not reach a log.
    return {
      got: new Described(secret),
      expected: 'no secret: the output is committed and reviewed',
      fix: 'refer to a Secret by name',
    };
  });
}

function manifestHoldsNoSecretData({ manifests }: Subject): readonly Finding[] {
  return manifests
    .filter(({ group, kind }) => group === '' && kind === 'Secret')
    .map(({ workload, entry, raw, name }) => ({
      path: ['workloads', workload, 'manifests', entry],
      at: raw.document.locate([...raw.path, 'kind']),
      got: new Described(`Secret/${name}`),
      expected: 'no Secret: the output is committed and reviewed, and a Federated object is readable by every viewer',
      fix: 'create it in each cluster by other means, and refer to it by name',
    }));
}

/** Rules about the values inside manifests. */
export const manifestValueRules = {
  manifestScalarIsUnambiguous,
  manifestNumberIsExact,
  manifestKeyIsPlainData,
  manifestHoldsNoKeyMaterial,
  manifestHoldsNoSecretData,
};
