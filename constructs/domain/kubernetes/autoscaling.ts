import { isMapping, type Mapping } from '../json/mapping.ts';

/** `KIND/NAME` of the object that a HorizontalPodAutoscaler scales, or null for any other object. */
export function scaleTargetOf({ kind, spec }: Mapping): string | null {
  if (kind !== 'HorizontalPodAutoscaler' || !isMapping(spec) || !isMapping(spec.scaleTargetRef)) return null;
  const { kind: target, name } = spec.scaleTargetRef;
  return `${target}/${name}`;
}
