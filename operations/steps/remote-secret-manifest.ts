import { stringify } from 'yaml';
import { z } from 'zod';
import { Failure } from '../clusters/failure.ts';
import { printedDocuments } from '../programs/printed-documents.ts';

/** A Secret with which one istiod reads another cluster. It holds a token. */
export interface RemoteSecret {
  readonly apiVersion: 'v1';
  readonly kind: 'Secret';
  readonly metadata: {
    readonly name: string;
    readonly namespace: 'istio-system';
    readonly labels: { readonly 'istio/multiCluster': 'true' };
    readonly annotations: { readonly 'networking.istio.io/cluster': string };
  };
  readonly type: 'Opaque';
  readonly stringData: Readonly<Record<string, string>>;
}

/** What a remote secret must be about. */
export interface ReadCluster {
  /** Name of the cluster in Istio. */
  readonly istioCluster: string;
  /** URL of its API server. */
  readonly server: string;
}

/** Characters of a text that is read: a bundle of certificates has some thousand. */
const mostCharacters = 200_000;

/**
 * The Secret that istioctl has printed, made anew of the only parts that are needed: the token, and the certificate of the
 * server. Both are texts of the cluster that is read, so nothing else of it reaches another cluster. A kubeconfig could name
 * a program to run, or a proxy.
 *
 * @throws Failure when it is not exactly one Secret of the known form
 */
export function remoteSecretOf(manifest: string, read: ReadCluster): RemoteSecret {
  const { istioCluster } = read;
  const credentials = credentialsOf(manifest, read);
  if (credentials === null)
    throw new Failure({
      problem: `istioctl has printed no remote secret of ${istioCluster} in the form that is known`,
      fix: 'use the istioctl of the version in the plan',
    });
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `istio-remote-secret-${istioCluster}`,
      namespace: 'istio-system',
      labels: { 'istio/multiCluster': 'true' },
      annotations: { 'networking.istio.io/cluster': istioCluster },
    },
    type: 'Opaque',
    stringData: { [istioCluster]: kubeconfigOf(read, credentials) },
  };
}

interface Credentials {
  readonly authority: string;
  readonly token: string;
}

function credentialsOf(manifest: string, { istioCluster, server }: ReadCluster): Credentials | null {
  const secret = secretSchemaFor(istioCluster).safeParse(onlyDocumentOf(manifest));
  const text = secret.data?.stringData[istioCluster];
  const kubeconfig = kubeconfigSchema.safeParse(text === undefined ? null : onlyDocumentOf(text));
  if (!kubeconfig.success) return null;
  const [{ cluster }] = kubeconfig.data.clusters;
  const [{ user }] = kubeconfig.data.users;
  return cluster.server === server ? { authority: cluster['certificate-authority-data'], token: user.token } : null;
}

function onlyDocumentOf(text: string): unknown {
  const documents = printedDocuments(text, mostCharacters);
  return documents?.length === 1 ? documents[0] : null;
}

function secretSchemaFor(istioCluster: string) {
  return z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('Secret'),
    metadata: z.object({
      name: z.literal(`istio-remote-secret-${istioCluster}`),
      // Istio 1.7 leaves it to kubectl.
      namespace: z.literal('istio-system').optional(),
      labels: z.object({ 'istio/multiCluster': z.literal('true') }),
    }),
    type: z.literal('Opaque').optional(),
    stringData: z.strictObject({ [istioCluster]: z.string() }),
  });
}

const named = z.string().min(1);
const kubeconfigSchema = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Config'),
  clusters: z.tuple([
    z.strictObject({
      name: named,
      cluster: z.strictObject({ 'certificate-authority-data': z.base64().min(1), server: named }),
    }),
  ]),
  contexts: z.tuple([z.strictObject({ name: named, context: z.strictObject({ cluster: named, user: named }) })]),
  'current-context': named,
  preferences: z.strictObject({}).optional(),
  users: z.tuple([
    z.strictObject({ name: named, user: z.strictObject({ token: z.string().regex(/^[A-Za-z0-9._~+/=-]{1,20000}$/) }) }),
  ]),
});

// In the form and the order of istioctl, so that an apply to what it has created changes nothing.
function kubeconfigOf({ istioCluster: name, server }: ReadCluster, { authority, token }: Credentials): string {
  const kubeconfig = {
    apiVersion: 'v1',
    clusters: [{ cluster: { 'certificate-authority-data': authority, server }, name }],
    contexts: [{ context: { cluster: name, user: name }, name }],
    'current-context': name,
    kind: 'Config',
    preferences: {},
    users: [{ name, user: { token } }],
  };
  return stringify(kubeconfig, { indentSeq: false, lineWidth: 0, version: '1.1' });
}
