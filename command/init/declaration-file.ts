import { Document, isMap, type YAMLMap } from 'yaml';
import { recommendedIstioVersion } from '../../constructs/domain/istio/releases.ts';
import { modelSlices } from '../../constructs/slices.ts';
import type { InitAnswers, InitCluster } from './answers.ts';

const heading = ` yaml-language-server: $schema=./node_modules/mesh-federation/schemas/federation.schema.json

 One federation, one mesh: npm run synth makes dist/ of this file.
 Every key: node_modules/mesh-federation/docs/declaration.md`;

/** `federation.yaml` of a new repository. */
export function declarationFile({ name, clusters, topology, engine, gitops }: InitAnswers): string {
  const document = new Document(
    {
      name,
      // A GitOps engine runs no istioctl.
      istio: { version: recommendedIstioVersion, ...(gitops === null ? {} : { installer: 'helm' }), topology },
      federation: engineOf(engine),
      clusters: clusters.map(clusterOf),
      trust: { cacerts: 'existing' },
      ...(gitops === null ? {} : { gitops: { engine: gitops, repoURL: `https://git.example/platform/${name}.git` } }),
      workloads: workloadsOf(clusters),
      // Each cluster is edited on its own: no anchors.
    },
    { aliasDuplicateObjects: false },
  );
  document.commentBefore = heading;
  comment(
    document,
    'trust',
    ' Each cluster already has the Secret istio-system/cacerts: an intermediate of one common root.',
  );
  comment(
    document,
    'gitops',
    ' Write the URL of your repository. What Git cannot do is in node_modules/mesh-federation/docs/gitops.md.',
  );
  comment(
    document,
    'workloads',
    ' v1 on the first cluster, v2 on the others, behind one Service: calls from any cluster reach both.',
  );
  for (const [key] of Object.entries(document.toJS() as object).slice(1)) spaceBefore(document, key);
  return document.toString({ lineWidth: 0 });
}

function engineOf(engine: string): object {
  const model = modelSlices.engines.find(({ facts }) => facts.name === engine);
  const { recommendedVersion = null, exampleContext = null } = model ?? {};
  return {
    engine,
    ...(recommendedVersion === null ? {} : { version: recommendedVersion }),
    ...(exampleContext === null ? {} : { kubeContext: exampleContext }),
  };
}

function clusterOf({ name, kubeContext }: InitCluster, index: number): object {
  return {
    name,
    role: index === 0 ? 'host' : 'member',
    ...(kubeContext === null ? {} : { kubeContext }),
    network: `network${index + 1}`,
  };
}

function workloadsOf([, ...members]: readonly InitCluster[]): readonly object[] {
  const second = [
    {
      resource: 'Deployment/helloworld',
      images: { helloworld: 'docker.io/istio/examples-helloworld-v2:1.0' },
      labels: { version: 'v2' },
    },
  ];
  const overrides = Object.fromEntries(members.map(({ name }) => [name, second]));
  return [
    {
      name: 'helloworld',
      namespace: 'sample',
      manifests: ['workloads/helloworld.yaml'],
      ...(members.length === 0 ? {} : { overrides }),
    },
    { name: 'sleep', namespace: 'sample', delivery: 'direct', manifests: ['workloads/sleep.yaml'] },
  ];
}

function pairOf(document: Document, key: string): YAMLMap['items'][number] | undefined {
  return isMap(document.contents)
    ? document.contents.items.find((pair) => (pair.key as { readonly value?: unknown }).value === key)
    : undefined;
}

function comment(document: Document, key: string, text: string): void {
  const pair = pairOf(document, key);
  if (pair !== undefined) (pair.key as { commentBefore?: string }).commentBefore = text;
}

function spaceBefore(document: Document, key: string): void {
  const pair = pairOf(document, key);
  if (pair !== undefined) (pair.key as { spaceBefore?: boolean }).spaceBefore = true;
}
