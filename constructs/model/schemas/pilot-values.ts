import { join } from 'node:path';
import { isMapping, type Mapping } from '../../domain/json/mapping.ts';
import { mergeValues } from '../../domain/json/merge-values.ts';
import { hasAt, type Path } from '../../domain/json/path.ts';
import { packageDirectory } from '../package-directory.ts';
import type { Schema } from './schema-findings.ts';

/**
 * Values with those of istiod below `pilot`, where every installer takes them. With Helm users may also write them at the
 * top: the chart copies `pilot` there, and a value of `pilot` wins (1.31.0
 * manifests/charts/istio-control/istio-discovery/templates/zzy_descope_legacy.yaml).
 */
export function belowPilot(values: Mapping): Mapping {
  const { pilot, ...rest } = values;
  if (pilot !== undefined && !isMapping(pilot)) return values;
  const [others, moved] = split(rest);
  return Object.keys(moved).length === 0 ? values : { ...others, pilot: mergeValues<Mapping>(moved, pilot ?? {}) };
}

/** A path in the values as the user has written it: `pilot.env` may be `env`. */
export function asWritten(values: Mapping, path: Path): Path {
  return path[0] !== 'pilot' || hasAt(values, path) || !hasAt(values, path.slice(1, 2)) ? path : path.slice(1);
}

function split(values: Mapping): readonly [others: Mapping, moved: Mapping] {
  const keys = Object.keys(values);
  if (keys.length === 0) return [values, {}];
  // Loaded here, on first use, so that a synth without values does not pay for it.
  const { properties = {} } = require(join(packageDirectory, 'schemas/istio-values.schema.json')) as Schema;
  const isPilots = (key: string): boolean =>
    !Object.hasOwn(properties, key) && Object.hasOwn(properties.pilot?.properties ?? {}, key);
  const pick = (isWanted: (key: string) => boolean): Mapping =>
    Object.fromEntries(Object.entries(values).filter(([key]) => isWanted(key)));
  return [pick((key) => !isPilots(key)), pick(isPilots)];
}
