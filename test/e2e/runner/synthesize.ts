import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Synthesized } from '../ground/ground.ts';
import { synthesize, synthesizeVariation } from '../ground/product.ts';
import { REPOSITORY } from '../machine/paths.ts';
import { say } from '../machine/wait.ts';
import type { Group } from './groups.ts';

/** A group, and the output that its suites read. */
export interface GroupWithOutputs {
  readonly group: Group;
  readonly outputs: readonly Synthesized[];
}

/** Runs the product on what the groups need, all of it before any cluster is up: what it refuses fails first. */
export async function synthesizeFor(groups: readonly Group[]): Promise<GroupWithOutputs[]> {
  const root = mkdtempSync(join(tmpdir(), 'mesh-federation-output-'));
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  const isNeeded = groups.some((group) => group.suites.some((suite) => suite.output));
  const ofRepository = isNeeded ? await synthesizeAll(root) : [];
  const ready: GroupWithOutputs[] = [];
  for (const group of groups) {
    const outputs = group.mesh === undefined ? ofRepository : [await synthesizeMesh(group.mesh, root)];
    ready.push({ group, outputs });
  }
  return ready;
}

function synthesizeMesh(mesh: NonNullable<Group['mesh']>, root: string): Promise<Synthesized> {
  say(`synthesizing ${mesh.declaration} for ${mesh.installer}`);
  return synthesizeVariation(mesh, root);
}

async function synthesizeAll(root: string): Promise<Synthesized[]> {
  const declarations = declarationsOfRepository();
  say(`synthesizing ${declarations.join(', ')}`);
  const outputs: Synthesized[] = [];
  for (const declaration of declarations) {
    outputs.push(await synthesize(declaration, join(root, basename(declaration, '.yaml'))));
  }
  return outputs;
}

function declarationsOfRepository(): string[] {
  const examples = join(REPOSITORY, 'examples');
  const names = existsSync(examples) ? readdirSync(examples).filter((name) => name.endsWith('.yaml')) : [];
  const found = ['federation.yaml', ...names.sort().map((name) => `examples/${name}`)].filter((path) =>
    existsSync(join(REPOSITORY, path)),
  );
  const declarations = found.filter((path) => !path.endsWith('.lock.yaml'));
  if (declarations.length === 0) throw new Error('there is no federation.yaml and no example to synthesize');
  return declarations;
}
