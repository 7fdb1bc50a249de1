import { createInterface } from 'node:readline/promises';
import type { InitAnswers } from './answers.ts';
import { clustersOfList, defaults } from './answers.ts';

/** Asks the questions of `init` if the user gives no flags. An empty answer is the default. */
export async function ask(engines: readonly string[]): Promise<Pick<InitAnswers, 'clusters' | 'topology' | 'engine'>> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const question = async (text: string, otherwise: string): Promise<string> =>
    (await lines.question(`${text} [${otherwise}]: `)).trim() || otherwise;
  try {
    return {
      clusters: clustersOfList(await question('Names of the clusters, the host first', defaults.clusters)),
      topology: await question('Topology: multi-primary or primary-remote', defaults.topology),
      engine: await question(`Federation engine: ${engines.join(', ')}`, defaults.engine),
    };
  } finally {
    lines.close();
  }
}
