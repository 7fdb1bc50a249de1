import { isMapping } from '../json/mapping.ts';
import { valueAt } from '../json/path.ts';
import { parseJsonPointer } from '../json/pointer.ts';

// As Kubernetes fills it in (1.34.4 pkg/apis/core/v1/defaults.go).
function defaultPullPolicy(image: unknown): 'Always' | 'IfNotPresent' {
  const isPinned = /@|:(?!latest$)[^/:]+$/.test(String(image));
  return isPinned ? 'IfNotPresent' : 'Always';
}

/**
 * The pull policy that a container would get by itself with another image, where that is not what it gets with its own;
 * null where nothing changes, or where `path` is not that of an image.
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
