/** Generates `imports/` from `crds/`, classes as listed in cdk8s.yaml: `npm run imports`. */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderIstioValuesType } from './istio-values-schema.mts';

/** Runs `cdk8s import` into a directory, offline, without touching cdk8s.yaml, and adds the type of the chart values. */
export async function generateImports(directory: string): Promise<void> {
  // The CLI deletes nothing here: a module whose CRD was removed would stay forever.
  rmSync(directory, { recursive: true, force: true });
  execFileSync('node_modules/.bin/cdk8s', ['import', '--no-save', '--output', directory], {
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  writeFileSync(join(directory, 'istio-values.ts'), await renderIstioValuesType());
}

if (import.meta.filename === process.argv[1]) await generateImports('imports');
