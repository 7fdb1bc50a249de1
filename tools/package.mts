/**
 * Completes `build/`, which tsc has made: the data that the compiled code reads lies where it lies beside the sources.
 *
 *   npm run build
 */
import { chmodSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const data = [
  'schemas/istio-values.schema.json',
  'schemas/kubernetes-validators.cjs',
  'schemas/kubernetes.schema.json',
  'scripts',
];

for (const path of data) {
  mkdirSync(join(root, 'build', path, '..'), { recursive: true });
  cpSync(join(root, path), join(root, 'build', path), { recursive: true });
}
chmodSync(join(root, 'build/command/main.js'), 0o755);
