import { dirname, join } from 'node:path';
import { program } from '../build/go.ts';
import type { Synthesized } from '../environment.ts';
import { REPOSITORY } from '../machine/paths.ts';
import { attempt, type Ran } from '../machine/run.ts';
import { clusterFor, clustersOf } from './output.ts';

/** The declaration from which `synthesize` has made an output. */
export function declarationOf({ directory, declaration }: Synthesized): string {
  return join(`${directory}-project`, declaration);
}

/** Runs a command of `mesh-federation` on an output to its end, with the clusters that stand for the output's own. */
export function tryCommand(output: Synthesized, command: string, words: readonly string[] = []): Promise<Ran> {
  const clusters = clustersOf(output).map((name) => ({ name, cluster: clusterFor(output, name) }));
  const contexts = clusters.flatMap(({ name, cluster }) => ['--context', `${name}=${cluster.context}`]);
  const start = ['node', '--require', 'tsx/cjs', join(REPOSITORY, 'command/main.ts'), command];
  const places = ['--file', declarationOf(output), '--output', output.directory];
  const env = {
    KUBECONFIG: [...new Set(clusters.map(({ cluster }) => cluster.kubeconfig))].join(':'),
    PATH: `${dirname(program('kubernetes', 'kubectl'))}:${process.env.PATH}`,
  };
  return attempt([...start, ...places, ...contexts, ...words], { cwd: REPOSITORY, env, timeoutSeconds: 600 });
}
