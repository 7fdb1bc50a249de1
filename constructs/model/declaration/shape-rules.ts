import { recommendedIstioVersion } from '../../domain/istio/releases.ts';
import { pageOf } from '../problems/pages.ts';

/** One of a few words: the schema lists them. */
const choice = { expected: null, fix: 'choose one of them' };

/** The expected shape of a value and its fix, by rule id. The schemas use these ids as messages. */
const shapeRuleTexts = {
  'annotation-is-text': { expected: 'a string', fix: 'put the value in quotes' },
  'annotation-key-is-qualified': {
    expected: 'NAME or PREFIX/NAME, as in every Kubernetes annotation',
    fix: 'copy the key from the documentation of the cloud provider',
  },
  'api-server-is-a-url': {
    expected: 'https://HOST or https://HOST:PORT, without a path',
    fix: 'write the address at which the other clusters reach this API server',
  },
  'cacerts-is-known': choice,
  'chart-repository-is-a-url': {
    expected: 'https://, http:// or oci:// with a host and a path, without a user, a query or a slash at the end',
    fix: 'write the URL of the directory that holds index.yaml; for oci://, the path above the charts',
  },
  'control-plane-is-primary-or-remote': {
    expected: '"primary", or a mapping with remoteOf',
    fix: 'write primary, or {remoteOf: NAME}',
  },
  'delivery-is-known': choice,
  'engine-is-known': choice,
  'field-is-text': { expected: 'a string', fix: 'put the value in quotes' },
  'gateway-address-is-printable': {
    expected: 'an IP address or a hostname, without a scheme, a port or a range; or a list of them',
    fix: 'write the address alone, such as 203.0.113.10 or lb.example.com',
  },
  'gateway-is-none-or-a-mapping': {
    expected: '"none", or a mapping such as {address: 203.0.113.10}',
    fix: 'leave gateway out for a load balancer',
  },
  'gateway-type-is-known': choice,
  'image-prefix-is-printable': {
    expected: 'a registry with its path, such as registry.example/istio',
    fix: 'leave out https:// and the tag',
  },
  'gitops-engine-is-known': choice,
  'injector-is-known': choice,
  'installer-is-known': choice,
  'kube-context-is-printable': {
    expected: '1 to 253 printable characters on one line, not beginning with "-"',
    fix: 'copy the NAME column of `kubectl config get-contexts`',
  },
  'layout-is-known': choice,
  'list-is-not-empty': { expected: 'at least one entry', fix: 'add one, or remove the key' },
  'locked-fact-is-valid': {
    expected: 'the value that mesh-federation discover wrote',
    fix: 'delete the lock and run mesh-federation discover again',
  },
  'manifest-path-is-printable': {
    expected: 'a path of printable characters, relative to the declaration',
    fix: 'name a file or a directory with Kubernetes YAML',
  },
  'name-is-a-dns-label': {
    expected: 'a DNS-1123 label: lower-case letters, digits and "-", 1 to 63 characters; in quotes if it is a number',
    fix: 'choose such a name',
  },
  'name-is-a-dns-subdomain': {
    expected: 'a DNS-1123 subdomain: labels joined by ".", at most 253 characters',
    fix: 'copy the name as kubectl shows it',
  },
  'override-op-is-known': choice,
  'override-path-is-text': { expected: 'a JSON pointer such as /spec/replicas', fix: 'write the path as a string' },
  'placement-is-all-or-names': { expected: '"all" or a list of cluster names', fix: 'write all, or [host, member]' },
  'port-is-in-range': { expected: 'a whole number from 1 to 65535', fix: 'use 15443, or 443 as in the tutorial' },
  'preset-is-known': { ...choice, fix: 'choose one of them, or write its annotations yourself' },
  'registry-is-printable': {
    expected: 'a registry, with or without a path, such as docker.io or mirror.example/hub',
    fix: 'leave out https:// and the tag',
  },
  'replicas-is-a-count': { expected: 'a whole number, 0 or more', fix: 'write the number of pods' },
  'repository-is-a-url': {
    expected: 'https://HOST/PATH, ssh://git@HOST/PATH, git@HOST:PATH or oci://HOST/PATH, without a password',
    fix: 'write the URL alone: the engine gets its credentials from a Secret',
  },
  'repository-path-is-relative': {
    expected: 'a directory of the repository, such as dist, without "." and ".." in the path',
    fix: 'write the directory from the top of the repository, without a slash at its beginning and end',
  },
  'resource-name-is-qualified': {
    expected: 'the name of a resource, such as cpu or memory',
    fix: 'write it as in the manifest',
  },
  'resource-is-kind-and-name': {
    expected: 'KIND/NAME, such as Deployment/helloworld',
    fix: 'name the manifest by its kind and its metadata.name',
  },
  'revision-is-printable': {
    expected: 'a branch, refs/tags/TAG, a commit or a tag: letters, digits, ".", "_", "/" and "-"',
    fix: 'name the branch to which the output is pushed, such as main',
  },
  'role-is-known': choice,
  'source-range-is-a-cidr': {
    expected: 'a range of IP addresses, ADDRESS/BITS',
    fix: 'write each range, such as 198.51.100.0/24 or 2001:db8::/32',
  },
  'state-is-known': choice,
  'topology-is-known': choice,
  'value-is-a-list': { expected: 'a list', fix: 'write each entry on a line of its own that begins with "- "' },
  'value-is-a-mapping': {
    expected: 'a mapping of keys to values',
    fix: `every key is described in ${pageOf('declaration.md')}`,
  },
  'value-is-true-or-false': { expected: 'true or false', fix: 'write it without quotes' },
  'version-is-exact': {
    expected: 'an exact version, MAJOR.MINOR.PATCH',
    fix: `name one release, such as ${recommendedIstioVersion}, so that the output stays the same`,
  },
} as const satisfies Record<string, { expected: string | null; fix: string }>;

/** Id of a rule about the shape of one value. */
export type ShapeRule = keyof typeof shapeRuleTexts;

/** Looks up a shape rule by the message of a schema's issue. A message that is not an id is a defect of the schema. */
export function findShapeRule(message: string): {
  readonly rule: ShapeRule;
  /** Null: expected is one of the words that the schema lists. */
  readonly expected: string | null;
  readonly fix: string;
} {
  const texts = shapeRuleTexts[message as ShapeRule];
  if (texts === undefined) throw new Error(`the schema has a check without a shape rule: ${message}`);
  return { rule: message as ShapeRule, ...texts };
}

/** Ids of all shape rules, for the documentation's test. */
export const shapeRules = Object.keys(shapeRuleTexts) as readonly ShapeRule[];
