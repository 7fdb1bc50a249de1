import type { Tell } from '../run/run.ts';
import type { RunProgram } from '../tools/run-program.ts';
import { outputOf, showLines } from './said.ts';

/** A cluster, its host, and how KubeFed names the cluster. */
export interface Membership {
  readonly name: string;
  readonly context: string;
  readonly host: string;
  readonly hostContext: string;
}

/** Joins a cluster. It takes over the objects of an earlier attempt. */
export async function joinCluster(run: RunProgram, membership: Membership, tell: Tell): Promise<void> {
  // The fixed name keeps each attempt from leaving another Secret.
  const flags = [`--secret-name=${membership.name}.credentials`, '--error-on-existing=false'];
  await change(run, 'join', membership, flags, tell);
}

/** Takes a cluster out. */
export function unjoinCluster(run: RunProgram, membership: Membership, tell: Tell): Promise<void> {
  return change(run, 'unjoin', membership, [], tell);
}

async function change(
  run: RunProgram,
  verb: 'join' | 'unjoin',
  { name, context, host, hostContext }: Membership,
  flags: readonly string[],
  tell: Tell,
): Promise<void> {
  const places = [
    `--cluster-context=${context}`,
    `--host-cluster-context=${hostContext}`,
    `--host-cluster-name=${host}`,
  ];
  const result = await run({ program: 'kubefedctl', args: [verb, name, ...places, ...flags], timeoutSeconds: 120 });
  showLines(outputOf(result, `kubefedctl ${verb} ${name}`, tell), tell);
}
