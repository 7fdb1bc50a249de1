import { isMapping, type Mapping } from '../json/mapping.ts';
import { changePodSpec } from './pod-specs.ts';

/** Replacements by registry (`docker.io`) or by registry with a path prefix (`quay.io/team`). Docker Hub is `docker.io`. */
export type Registries = Readonly<Record<string, string>>;

// Placeholder in a gateway's Deployment that Istio's injector replaces with the proxy's image (istio.io, analysis
// message IST0146).
const placeholder = 'auto';

const dockerHub = 'docker.io';
const dockerHubNames: readonly string[] = [dockerHub, 'index.docker.io'];

// The path of the repository and everything after it, as in distribution/reference regexp.go.
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const repositoryPattern = new RegExp(`^(${component}(?:/${component})*)((?:[:@].*)?)$`);

const isRegistry = (text: string): boolean => text === 'localhost' || /[.:]/.test(text) || text !== text.toLowerCase();

/** Registry and remainder of an image, split like splitDockerDomain (distribution/reference normalize.go). */
function splitRegistry(image: string): readonly [registry: string, remainder: string] {
  const slash = image.indexOf('/');
  const first = slash === -1 ? '' : image.slice(0, slash);
  const [registry, remainder] = isRegistry(first) ? [first, image.slice(slash + 1)] : [dockerHub, image];
  if (!dockerHubNames.includes(registry)) return [registry, remainder];
  return [dockerHub, remainder.includes('/') ? remainder : `library/${remainder}`];
}

/**
 * The image on the mirror that replaces its registry. If several keys are a path prefix of the image's full name, the
 * longest one is replaced. A value that matches no key, or is not an image, stays unchanged.
 */
export function rewriteImage(image: string, registries: Registries): string {
  const [registry, remainder] = splitRegistry(image);
  const parts = repositoryPattern.exec(remainder);
  if (image === placeholder || parts === null) return image;
  const [, repository, tagOrDigest] = parts;
  const name = `${registry}/${repository}`;
  const [match] = Object.entries(registries)
    .filter(([key]) => name.startsWith(`${key}/`))
    .sort(([a], [b]) => b.length - a.length);
  return match === undefined ? image : `${match[1]}${name.slice(match[0].length)}${tagOrDigest}`;
}

function rewriteContainer(container: unknown, registries: Registries): unknown {
  if (!isMapping(container) || typeof container.image !== 'string') return container;
  const image = rewriteImage(container.image, registries);
  return image === container.image ? container : { ...container, image };
}

function rewriteContainers(podSpec: Mapping, list: string, registries: Registries): Mapping {
  const containers: unknown = podSpec[list];
  if (!Array.isArray(containers)) return podSpec;
  const rewritten = containers.map((container) => rewriteContainer(container, registries));
  const isChanged = rewritten.some((container, index) => container !== containers[index]);
  return isChanged ? { ...podSpec, [list]: rewritten } : podSpec;
}

/**
 * A copy of a Kubernetes object whose pods take their images from mirrors. Returns the object itself if no image
 * changes.
 */
export function rewritePodImages<T extends Mapping>(object: T, registries: Registries): T {
  return changePodSpec(object, (podSpec) =>
    ['initContainers', 'containers', 'ephemeralContainers'].reduce(
      (changed, list) => rewriteContainers(changed, list, registries),
      podSpec,
    ),
  );
}

/**
 * A copy of a Kubernetes object whose pods may also use these pull secrets. Returns the object itself if they may
 * already.
 */
export function addPullSecrets<T extends Mapping>(object: T, names: readonly string[]): T {
  return changePodSpec(object, (podSpec) => {
    const present: readonly unknown[] = Array.isArray(podSpec.imagePullSecrets) ? podSpec.imagePullSecrets : [];
    const known = present.map((secret) => (isMapping(secret) ? secret.name : null));
    const missing = [...new Set(names)].filter((name) => !known.includes(name));
    if (missing.length === 0) return podSpec;
    return { ...podSpec, imagePullSecrets: [...present, ...missing.map((name) => ({ name }))] };
  });
}
