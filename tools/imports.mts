/** Generates `imports/` from `crds/` as listed in cdk8s.yaml: `npm run imports`. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Runs `cdk8s import` into a directory, offline, without touching cdk8s.yaml. */
export function generateImports(directory: string): void {
  // The CLI deletes nothing here: a module whose CRD is gone would stay for ever.
  rmSync(directory, { recursive: true, force: true });
  execFileSync('node_modules/.bin/cdk8s', ['import', '--no-save', '--output', directory], {
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

if (import.meta.filename === process.argv[1]) generateImports('imports');
