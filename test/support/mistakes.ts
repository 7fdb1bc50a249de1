import { join } from 'node:path';
import { loadFederation, ProblemsError } from '../../constructs/index.ts';
import type { Problem } from '../../constructs/model/problems/problem.ts';
import { makeProject } from './project.ts';

/** A Deployment with one container, all named `web`. */
export const webDeployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'registry.example/web:1.0'}]}
`;

/** The problems of a project with these files, or its warnings if it has no problem. */
export function findingsOf(
  files: Readonly<Record<string, string>>,
  declaration = 'federation.yaml',
): readonly Problem[] {
  const project = makeProject(files);
  try {
    return loadFederation(join(project, declaration)).warnings;
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return error.problems;
  }
}

/** The parts of a declaration with two clusters and one workload, as text. */
export interface Parts {
  readonly name?: string;
  readonly istio?: string;
  readonly federation?: string;
  /** Further keys of the host, and of the member. */
  readonly host?: string;
  readonly member?: string;
  /** Further keys of the workload. */
  readonly workload?: string;
  /** Further keys at the top. */
  readonly top?: string;
}

/** A declaration with these parts. The others are right. */
export function declare(parts: Parts): string {
  const { name = 'demo', istio = '{version: 1.31.4}', federation = '{engine: kubefed, version: 0.10.0}' } = parts;
  const { host = 'network: network1', member = 'network: network2', workload = '', top = '' } = parts;
  return `name: ${name}
istio: ${istio}
federation: ${federation}
clusters:
  - {name: host, role: host, ${host}}
  - {name: member, role: member, ${member}}
workloads:
  - {name: web, namespace: shop, manifests: [web.yaml]${workload === '' ? '' : `, ${workload}`}}
${top}
`;
}

/** The problems of a declaration with these parts, or its warnings. */
export function findingsIn(parts: Parts): readonly Problem[] {
  return findingsOf({ 'federation.yaml': declare(parts), 'web.yaml': webDeployment });
}
