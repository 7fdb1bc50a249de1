import type { BreakName } from './tables/breaks.ts';

/** A cluster as the suites see it, whoever made it. */
export interface Cluster {
  readonly name: string;
  readonly kubeconfig: string;
  readonly context: string;
  readonly network: string;
  readonly region: string;
  readonly zone: string;
  /** The URL at which other clusters reach its API server. @default - as in the kubeconfig */
  readonly api?: string;
}

/** The product's output for one declaration. */
export interface Synthesized {
  /** The declaration, relative to the repository. */
  readonly declaration: string;
  readonly directory: string;
  /** The only suite that reads it. @default - every suite that asks for the output of the repository's declarations */
  readonly suite?: string;
}

/**
 * The environment of a suite. The runner passes it in an environment variable, so that a suite can run in a separate
 * process.
 */
export interface Environment {
  readonly form: 'nodes' | 'light' | 'none' | 'existing';
  readonly clusters: readonly Cluster[];
  readonly synthesized: readonly Synthesized[];
  /** The part to break on purpose, to see whether the suite names it. @default - nothing */
  readonly breaking?: BreakName;
}

const VARIABLE = 'E2E_ENVIRONMENT';

/** The variables that pass an environment to a suite's process. */
export function environmentVariables(environment: Environment): Record<string, string> {
  return { [VARIABLE]: JSON.stringify(environment) };
}

/** The environment of this process. */
export function environment(): Environment {
  const text = process.env[VARIABLE];
  if (text === undefined) throw new Error('suites are started by `npm run e2e`, which brings their clusters up first');
  return JSON.parse(text) as Environment;
}

/** The cluster of this name. Throws if the environment has none. */
export function clusterNamed(name: string): Cluster {
  const { clusters } = environment();
  const found = clusters.find((one) => one.name === name);
  if (found === undefined) {
    throw new Error(`this suite needs a cluster ${name}; there are ${clusters.map((one) => one.name).join(', ')}`);
  }
  return found;
}
