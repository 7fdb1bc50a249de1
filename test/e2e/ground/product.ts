import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import { REPOSITORY } from '../machine/paths.ts';
import { run } from '../machine/run.ts';
import type { Synthesized } from './ground.ts';

/** Who installs Istio. */
export type Installer = 'istioctl' | 'helm' | 'sail';

/** A declaration of a suite, with a few words of it said otherwise: one file serves several installers. */
export interface Variation {
  /** Relative to the repository. */
  readonly declaration: string;
  readonly installer: Installer;
  /** Istio's version, where an installer has versions of its own. @default - the declaration's */
  readonly version?: string;
}

/** Runs the product on a declaration of the repository. */
export async function synthesize(declaration: string, directory: string): Promise<Synthesized> {
  await runProduct(join(REPOSITORY, declaration), directory);
  return { declaration, directory };
}

/**
 * Runs the product on a variation. Its declaration and the files beside it become a project of their own, as every
 * user has one: the product reads nothing outside the project.
 */
export async function synthesizeVariation(variation: Variation, root: string): Promise<Synthesized> {
  const { declaration, installer, version } = variation;
  const name = [basename(declaration, '.yaml'), installer].join('-');
  const project = join(root, `${name}-project`);
  copyProject(dirname(join(REPOSITORY, declaration)), project);
  const path = join(project, basename(declaration));
  const document = parseDocument(readFileSync(path, 'utf8'));
  document.setIn(['istio', 'installer'], installer);
  if (version !== undefined) document.setIn(['istio', 'version'], version);
  writeFileSync(path, document.toString());
  const directory = join(root, name);
  await runProduct(path, directory);
  return { declaration, directory };
}

function copyProject(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  copyFileSync(join(REPOSITORY, 'cdk8s.yaml'), join(to, 'cdk8s.yaml'));
  const names = readdirSync(from).filter((name) => name.endsWith('.yaml'));
  for (const name of names) copyFileSync(join(from, name), join(to, name));
}

async function runProduct(declaration: string, directory: string): Promise<void> {
  const env = { FEDERATION: declaration, CDK8S_OUTDIR: directory };
  await run(['node', '--import', 'tsx', 'main.ts'], { cwd: REPOSITORY, env });
}
