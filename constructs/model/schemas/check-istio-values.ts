import { join } from 'node:path';
import type { ErrorObject } from 'ajv';
import { isMapping } from '../../domain/json/mapping.ts';
import { packageDirectory } from '../package-directory.ts';
import { didYouMean } from '../problems/suggestion.ts';
import { describeFault, type Schema, type SchemaFinding, toPath } from './schema-findings.ts';

/**
 * Checks further values of Istio's charts against the schema of the Sail operator's CRD and reports all mistakes at
 * once.
 */
export function checkIstioValues(values: Readonly<Record<string, unknown>>): readonly SchemaFinding[] {
  if (Object.keys(values).length === 0) return [];
  // Loaded here, on first use, so that a synth without values does not pay for it.
  const { Ajv } = require('ajv') as typeof import('ajv');
  // Drafts 7 and 2020-12 read the keywords of this schema alike; ajv loads sooner without the latter.
  const {
    $schema: _,
    $id: __,
    ...schema
  } = require(join(packageDirectory, 'schemas/istio-values.schema.json')) as Schema & {
    $schema: string;
    $id: string;
  };
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, meta: false, validateSchema: false });
  const validate = ajv.compile(narrowed(schema, values));
  validate(values);
  const findings = (validate.errors ?? []).filter(isWhole).map((error) => describe(error, values, schema));
  // A number in place of a word has the wrong type and is not one of the words: report one mistake, not two.
  return [...new Map(findings.map((finding) => [JSON.stringify(finding.path), finding])).values()];
}

// The schema of the keys in use. Compiling the whole schema takes ajv 8.20 most of a second.
function narrowed(schema: Schema, value: unknown): Schema {
  if (schema.properties === undefined) return schema;
  const mapping = isMapping(value) ? value : {};
  const properties = Object.entries(schema.properties).map(([key, child]) => {
    const isNeeded = Object.hasOwn(mapping, key) || schema.required?.includes(key);
    return [key, isNeeded ? narrowed(child, mapping[key]) : {}];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

// ajv reports the branches of an `anyOf` one by one, and then the `anyOf` itself.
function isWhole({ schemaPath }: ErrorObject): boolean {
  return !/\/anyOf\/\d/.test(schemaPath);
}

function describe(error: ErrorObject, values: unknown, root: Schema): SchemaFinding {
  const { keyword, params, data: got } = error;
  const fault = {
    keyword,
    params,
    path: toPath(error.instancePath, values),
    schema: error.parentSchema as Schema,
    got,
  };
  return describeFault(fault, (key, path, free) => {
    // Helm users may write istiod's own values at the top, because its chart copies `pilot` there (Istio 1.30.3,
    // manifests/charts/istio-control/istio-discovery/templates/zzy_descope_legacy.yaml). The Sail operator has no such
    // keys there.
    const isPilots = path.length === 0 && Object.hasOwn(root.properties?.pilot?.properties ?? {}, key);
    if (isPilots) return `move it below pilot: pilot.${key}`;
    return didYouMean(key, free, 'remove it, or choose a key of schemas/istio-values.schema.json');
  });
}
