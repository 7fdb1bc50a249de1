import { dnsLabelPattern } from '../../constructs/domain/kubernetes/dns-names.ts';
import type { ObjectReference } from './changes.ts';
import type { ServedKind } from './served-kinds.ts';

// RBAC names may have colons, and capitals. No name has a slash or a percent sign, or is `.` or `..`.
const namePattern = /^(?!\.{1,2}$)[A-Za-z0-9._:-]{1,253}$/;

/** The path of an object on its API server: `/apis/apps/v1/namespaces/a/deployments/b`. Null if its name cannot be a part of one. */
export function pathOf(
  kind: ServedKind,
  { namespace, name }: Pick<ObjectReference, 'namespace' | 'name'>,
): string | null {
  const { group, version, plural, isNamespaced } = kind;
  if (!namePattern.test(name) || isNamespaced !== (namespace !== null)) return null;
  if (namespace !== null && !dnsLabelPattern.test(namespace)) return null;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  return `${root}${namespace === null ? '' : `/namespaces/${namespace}`}/${plural}/${name}`;
}
