import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** A Kubernetes object of a file. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/** The objects of a YAML file, or of all YAML files below a directory except its kustomization. */
export function documentsIn(path: string): KubeObject[] {
  return yamlFiles(path).flatMap((file) => {
    const documents = parseAllDocuments(readFileSync(file, 'utf8'));
    const broken = documents.flatMap((one) => one.errors);
    if (broken.length > 0) throw new Error(`${file}: ${broken.map((one) => one.message).join('; ')}`);
    return documents.map((one) => one.toJS() as KubeObject | null).filter((one) => one !== null);
  });
}

/** The YAML files of a directory, in order, or the file itself. */
function yamlFiles(path: string): string[] {
  if (!existsSync(path)) throw new Error(`the plan names ${path}, which is not in the output`);
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).sort();
  return names
    .filter((name) => name !== 'kustomization.yaml')
    .flatMap((name) =>
      statSync(join(path, name)).isDirectory() || name.endsWith('.yaml') ? yamlFiles(join(path, name)) : [],
    );
}

/** Several objects as one text for kubectl. */
export function listOf(objects: readonly KubeObject[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
}

/** Distinguishes an object from every other object of its cluster. */
export function identityOf(object: KubeObject): string {
  const { name, namespace = '' } = object.metadata;
  return `${object.kind}.${groupOf(object)} ${namespace}/${name}`;
}

/** The API group of an object. Empty for the core group. */
export function groupOf(object: KubeObject): string {
  return object.apiVersion.includes('/') ? (object.apiVersion.split('/')[0] ?? '') : '';
}
