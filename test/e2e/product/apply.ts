import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Synthesized } from '../environment.ts';
import { documentsIn, type KubeObject } from '../kubernetes/documents.ts';
import { kubectl } from '../kubernetes/kubectl.ts';
import { clusterFor, type Step } from './output.ts';

/** The objects of a step. Empty if the step applies nothing. */
export function objectsOf(output: Synthesized, step: Step): KubeObject[] {
  return step.action === 'apply' ? documentsIn(join(output.directory, step.path)) : [];
}

/** Applies one step as a user would, with strict server-side validation. Returns kubectl's line per object. */
export async function applyStep(output: Synthesized, step: Step, flags: readonly string[] = []): Promise<string[]> {
  const apply = ['apply', '--validate=strict', filesOf(output, step), ...flags];
  const lines = await kubectl(clusterFor(output, step.cluster), apply);
  return lines.trim().split('\n');
}

/** kubectl's flag for the files of a step. */
export function filesOf(output: Synthesized, step: Step): string {
  const path = join(output.directory, step.path);
  return `${existsSync(join(path, 'kustomization.yaml')) ? '--kustomize' : '--filename'}=${path}`;
}
