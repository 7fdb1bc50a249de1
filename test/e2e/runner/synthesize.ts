import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Synthesized } from '../ground/ground.ts';
import { REPOSITORY } from '../machine/paths.ts';
import { run } from '../machine/run.ts';
import { say } from '../machine/wait.ts';

/** Runs the product on every declaration of the repository; returns where each output is. */
export async function synthesizeAll(): Promise<Synthesized[]> {
  const root = mkdtempSync(join(tmpdir(), 'mesh-federation-output-'));
  const declarations = declarationsOfRepository();
  say(`synthesizing ${declarations.join(', ')}`);
  const outputs: Synthesized[] = [];
  for (const declaration of declarations) {
    const directory = join(root, basename(declaration, '.yaml'));
    await run(['node', '--import', 'tsx', 'main.ts'], {
      cwd: REPOSITORY,
      env: { FEDERATION: declaration, CDK8S_OUTDIR: directory },
    });
    outputs.push({ declaration, directory });
  }
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
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
