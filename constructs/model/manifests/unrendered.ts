import { basename } from 'node:path/posix';
import { isMap, type Scalar } from 'yaml';
import { isMapping } from '../../domain/json/mapping.ts';
import type { YamlDocument } from '../documents/yaml-source.ts';

/** A tool whose input is not Kubernetes objects yet, and the command that renders them into a file. */
export interface Renderer {
  /** What was found, in words. */
  readonly input: string;
  /** The command, with the path of the file or the directory in the project. */
  readonly command: (path: string) => string;
}

const intoFile = 'rendered.yaml';

const kustomize: Renderer = {
  input: 'a kustomization',
  command: (path) => `kubectl kustomize ${directoryOf(path)} > ${intoFile}`,
};

const helm: Renderer = {
  input: 'a Helm chart',
  command: (path) => `helm template NAME ${directoryOf(path)} > ${intoFile}`,
};

const helmTemplate: Renderer = {
  input: 'a template with {{ }}',
  command: () => `helm template NAME CHART > ${intoFile}`,
};

// The directory that holds a file of the tool.
function directoryOf(path: string): string {
  if (!/\.(ya?ml|tgz)$|^(.*\/)?Kustomization$/.test(path) || path.endsWith('.tgz')) return path;
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}

const byExtension: readonly (readonly [RegExp, Renderer])[] = [
  [/\.(jsonnet|libsonnet)$/, { input: 'a Jsonnet file', command: (path) => `jsonnet ${path} > rendered.json` }],
  [/\.cue$/, { input: 'a CUE file', command: (path) => `cue export ${path} --out yaml > ${intoFile}` }],
  [/\.k$/, { input: 'a KCL file', command: (path) => `kcl run ${path} > ${intoFile}` }],
  [/\.pkl$/, { input: 'a Pkl file', command: (path) => `pkl eval --format yaml ${path} > ${intoFile}` }],
  [/\.(tpl|gotmpl)$/, helmTemplate],
  [/\.tgz$/, helm],
];

const isKustomization = (name: string): boolean => /^(kustomization\.ya?ml|Kustomization)$/.test(name);

/** The tool of a directory with these files, or null if they may be Kubernetes objects. */
export function rendererOfDirectory(names: readonly string[]): Renderer | null {
  if (names.includes('Chart.yaml')) return helm;
  if (names.some(isKustomization)) return kustomize;
  if (names.some((name) => /\.(ya?ml|json)$/.test(name))) return names.includes('_helpers.tpl') ? helmTemplate : null;
  return names.map(rendererOfName).find((found) => found !== null) ?? null;
}

/** The tool of a file by its name, or null. */
export function rendererOfName(name: string): Renderer | null {
  if (isKustomization(basename(name))) return kustomize;
  if (basename(name) === 'Chart.yaml') return helm;
  return byExtension.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** The tool of a text that is not YAML, or null. */
export function rendererOfText(text: string): Renderer | null {
  return /\{\{[^{}\n]*\}\}/.test(text) ? helmTemplate : null;
}

/** The tool of a text that happens to be YAML, or null. */
export function rendererOfDocuments(text: string, documents: readonly YamlDocument[]): Renderer | null {
  if (documents.some(({ value }) => isKustomizationObject(value))) return kustomize;
  return text.includes('{{') && documents.some(isTemplate) ? helmTemplate : null;
}

function isKustomizationObject(value: unknown): boolean {
  if (!isMapping(value)) return false;
  const isOfKustomize = String(value.apiVersion).startsWith('kustomize.config.k8s.io/');
  return isOfKustomize && (value.kind === 'Kustomization' || value.kind === 'Component');
}

// Other templates, such as those of alerts, are values of their own programs.
const helmAction = /\{\{-?\s*(\.(Values|Release|Chart|Capabilities|Files|Template)\b|(include|tpl|toYaml|template) )/;

// `a: {{ .Values.b }}` is a mapping whose key is a mapping.
function isTemplate(document: YamlDocument): boolean {
  const isText = isMapping(document.value) && document.value.kind === 'ConfigMap';
  return document
    .placesAt([])
    .some(
      ({ node, scalar, isKey }) =>
        (isKey && isMap(node) && node.flow === true) || (scalar !== null && !isText && isAction(scalar)),
    );
}

const isAction = ({ value }: Scalar): boolean => typeof value === 'string' && helmAction.test(value);
