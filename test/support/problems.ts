import { join } from 'node:path';
import { expect } from 'vitest';
import { loadFederation, type Problem, ProblemsError } from '../../constructs/index.ts';
import { makeProject } from './project.ts';

const declaration = `name: demo
istio: {version: 1.31.4}
federation: {engine: plain}
clusters:
  - {name: host, role: host, network: network1}
  - {name: member, role: member, network: network2}
`;

/** A declaration of two clusters with one workload of this manifest, or without a workload. */
export function declareManifest(manifest?: string): string {
  if (manifest === undefined) return declaration;
  return `${declaration}workloads:\n  - {name: shop, namespace: shop, delivery: direct, manifests: [${manifest}]}\n`;
}

/** The problems of a declaration. Each of them, and the whole message, is harmless to print. */
export function problemsIn(directory: string): readonly Problem[] {
  try {
    loadFederation(join(directory, 'federation.yaml'));
    return [];
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    expect(error.message).not.toMatch(/[^\n\P{C}]|^\s*at /mu);
    return error.problems;
  }
}

/** `line:column rule` of the problems of a manifest. */
export function problemsOfManifest(text: string): readonly string[] {
  const project = makeProject({ 'federation.yaml': declareManifest('a.yaml'), 'a.yaml': text });
  return problemsIn(project).map(({ at, rule }) => `${at.line}:${at.column} ${rule}`);
}
