/** `main.ts` of a new repository. */
export const mainFile = `import { synthesize } from 'mesh-federation';
import { workloads } from './constructs/workloads';

// npx cdk8s synth runs this file. npm run synth does the same without it, keeps the former dist/ when there is a mistake,
// and shows where the mistake is.
synthesize({ workloads });
`;

/** `constructs/workloads.ts` of a new repository. */
export const workloadsFile = `import type { WorkloadConstructs } from 'mesh-federation';

/**
 * Workloads in TypeScript, by their name in federation.yaml: constructs of cdk8s-plus-25, imported types or ApiObjects.
 *
 *   settings: (scope) => {
 *     new ApiObject(scope, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', data: { colour: 'green' } });
 *   },
 */
export const workloads: WorkloadConstructs = {};
`;

/** `cdk8s.yaml` of a new repository. */
export const cdk8sFile = `language: typescript
app: node --require tsx/cjs main.ts
`;

/** `tsconfig.json` of a new repository, for editors. */
export const tsconfigFile = `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "preserve",
    "moduleResolution": "bundler",
    "strict": true,
    "skipLibCheck": true,
    "noEmit": true
  },
  "include": ["main.ts", "constructs"]
}
`;

/** `.gitignore` of a new repository. */
export const gitignoreFile = `node_modules/
# An interrupted synth may leave this beside dist/.
.dist-*/
`;

/** `.gitattributes` of a new repository. */
export const gitattributesFile = `* text=auto eol=lf
# Forges fold these in a review. The manifests stay open: they are what a reviewer reads.
dist/*.sh linguist-generated
dist/lib/** linguist-generated
dist/output.json linguist-generated
dist/objects.tsv linguist-generated
dist/**/inventory.json linguist-generated
dist/**/kustomization.yaml linguist-generated
`;

/** `.github/workflows/synth.yaml` of a new repository. */
export const workflowFile = `# Fails if the declaration has a mistake, or if dist/ is not what the declaration makes.
name: synth
on: [push, pull_request]
permissions:
  contents: read
jobs:
  synth:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      - run: npm run check
`;

/** `README.md` of a new repository. */
export const readmeFile = `# A federation of Kubernetes clusters

[federation.yaml](federation.yaml) declares the clusters, their networks, the mesh and the workloads. \`dist/\` holds the
YAML for each cluster, made by [mesh-federation](node_modules/mesh-federation/README.md). People review \`dist/\` in pull
requests; nobody edits it.

## Next

1. Put your clusters and contexts into [federation.yaml](federation.yaml).
   [Every key](node_modules/mesh-federation/docs/declaration.md).
2. \`npm run synth\`, then \`git add -N dist && git diff dist\`, then commit both with \`package-lock.json\`.
3. \`npx mesh-federation apply --diff\`, then \`npx mesh-federation apply\`, then \`npx mesh-federation verify\`.
   [Operations](node_modules/mesh-federation/docs/operations.md), with or without Node.

Workloads are YAML in \`workloads/\`, or constructs in [constructs/workloads.ts](constructs/workloads.ts).
[CI](.github/workflows/synth.yaml) fails when \`dist/\` is stale (\`npm run check\`).
`;
