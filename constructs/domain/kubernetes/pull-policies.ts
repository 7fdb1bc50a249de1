import { isMapping } from '../json/mapping.ts';
import { valueAt } from '../json/path.ts';
import { parseJsonPointer } from '../json/pointer.ts';

// The default of Kubernetes (1.34.4 pkg/apis/core/v1/defaults.go).
function defaultPullPolicy(image: unknown): 'Always' | 'IfNotPresent' {
  const isPinned = /@|:(?!latest$)[^/:]+$/.test(String(image));
  return isPinned ? 'IfNotPresent' : 'Always';
}

/**
 * The default pull policy of a container after its image changes, if it differs from the default for the original
 * image. Null if nothing changes, or if `path` is not the path of an image.
 */
export function changedPullPolicy(
  document: unknown,
  path: string,
  image: unknown,
): { readonly path: string; readonly value: string } | null {
  const segments = parseJsonPointer(path) ?? [];
  const isImage = segments.at(-1) === 'image' && /^(initContainers|containers)$/.test(segments.at(-3) ?? '');
  if (!isImage) return null;
  const container = valueAt(document, segments.slice(0, -1));
  if (!isMapping(container) || container.imagePullPolicy !== undefined) return null;
  const value = defaultPullPolicy(image);
  return value === defaultPullPolicy(container.image)
    ? null
    : { path: path.replace(/image$/, 'imagePullPolicy'), value };
}
