import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Synthesized } from '../environment.ts';
import { REPOSITORY } from '../machine/paths.ts';
import { attempt, type Ran } from '../machine/run.ts';
import { commandOf } from './script.ts';

const scripts = ['apply.sh', 'verify.sh'] as const;

/** Makes an output one with the thin scripts and without any other, as `checksums` has to say. */
export function withThinScripts(output: Synthesized): void {
  const { directory } = output;
  for (const name of ['lib', 'destroy.sh']) rmSync(join(directory, name), { recursive: true, force: true });
  for (const name of scripts) copyFileSync(join(REPOSITORY, 'scripts', name), join(directory, name));
  const path = join(directory, 'checksums');
  const others = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith('.sh'));
  const own = scripts.map((name) => `${sha256Of(join(directory, name))}  ${name}`);
  writeFileSync(path, `${[...others, ...own].join('\n')}\n`);
}

const sha256Of = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** The file that exists as soon as somebody has called Node. */
export const calledNode = ({ directory }: Synthesized): boolean => existsSync(join(`${directory}-no-node`, 'called'));

/** Runs a thin script to its end, on a PATH whose Node only leaves a trace. */
export function tryThin(
  output: Synthesized,
  script: (typeof scripts)[number],
  options: readonly string[],
): Promise<Ran> {
  const { command, env } = commandOf(output, options, script);
  return attempt(command, { env: { ...env, PATH: `${withoutNode(output)}:${env.PATH}` }, timeoutSeconds: 600 });
}

/** A directory for the PATH in which Node and its programs are traps. */
export function withoutNode({ directory }: Synthesized): string {
  const traps = `${directory}-no-node`;
  mkdirSync(traps, { recursive: true });
  for (const name of ['node', 'npm', 'npx']) {
    writeFileSync(join(traps, name), `#!/bin/sh\ntouch "${traps}/called"\nexit 99\n`);
    chmodSync(join(traps, name), 0o755);
  }
  return traps;
}
