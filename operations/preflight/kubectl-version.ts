import { z } from 'zod';
import { lockedFacts } from '../../constructs/model/declaration/lock.ts';
import { readJson } from '../clusters/answer.ts';
import type { ProgramResult } from '../tools/run-program.ts';

const versionSchema = z.object({ clientVersion: z.object({ gitVersion: lockedFacts.kubernetesVersion }) });

/** A version of Kubernetes or of kubectl. */
export interface KubernetesVersion {
  /** As it was written. */
  readonly text: string;
  readonly major: number;
  readonly minor: number;
}

/** The version that kubectl says of itself. Null if it says none. */
export function kubectlVersionOf(result: ProgramResult): KubernetesVersion | null {
  const answer = readJson(result, versionSchema);
  return answer.kind === 'found' ? parseVersion(answer.value.clientVersion.gitVersion) : null;
}

/** The parts of a version: `v1.34.4`, `1.36`. Null if it is none. */
export function parseVersion(text: string): KubernetesVersion | null {
  const [, major, minor] = /^v?(\d{1,9})\.(\d{1,9})(?:\.|$)/.exec(text) ?? [];
  if (major === undefined || minor === undefined) return null;
  return { text, major: Number(major), minor: Number(minor) };
}

/** Whether a version is before another one. Smaller parts than the minor do not count. */
export function isBefore(one: KubernetesVersion, other: KubernetesVersion): boolean {
  return one.major === other.major ? one.minor < other.minor : one.major < other.major;
}
