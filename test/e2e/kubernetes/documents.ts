import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

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

/** The objects of a YAML file, of the files that a kustomization lists, or of all YAML files below a directory without one. */
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
  // Values files of charts may lie beside what is applied.
  const listed = join(path, 'kustomization.yaml');
  if (existsSync(listed)) {
    const { resources } = parse(readFileSync(listed, 'utf8')) as { readonly resources: readonly string[] };
    return resources.map((name) => join(path, name));
  }
  const names = readdirSync(path).sort();
  return names.flatMap((name) =>
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
