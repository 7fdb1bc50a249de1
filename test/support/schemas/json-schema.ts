/** The parts of a structural schema that we read. */
export interface StructuralSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly additionalProperties?: StructuralSchema | boolean;
  readonly items?: StructuralSchema;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly StructuralSchema[];
  readonly pattern?: string;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly [key: string]: unknown;
}

/** A copy that refuses every unknown field, like a server with strict field validation. */
export function closed(schema: StructuralSchema): StructuralSchema {
  const { properties, items, additionalProperties } = schema;
  const isOpen = properties === undefined || schema['x-kubernetes-preserve-unknown-fields'] === true;
  return {
    ...schema,
    ...(properties === undefined ? {} : { properties: mapValues(properties, closed) }),
    ...(items === undefined ? {} : { items: closed(items) }),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: closed(additionalProperties) } : {}),
    ...(isOpen || additionalProperties !== undefined ? {} : { additionalProperties: false }),
  };
}

/** A value with every field of a schema. */
export function fullSample(schema: StructuralSchema): unknown {
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.properties !== undefined) return mapValues(schema.properties, fullSample);
  if (schema.items !== undefined) return [fullSample(schema.items)];
  if (typeof schema.additionalProperties === 'object') return { key: fullSample(schema.additionalProperties) };
  if (schema.anyOf?.[0] !== undefined) return fullSample(schema.anyOf[0]);
  const samples: Readonly<Record<string, unknown>> = {
    string: 'add',
    integer: 1,
    number: 0.5,
    boolean: true,
    array: [],
    object: { a: 'b' },
  };
  return samples[schema.type ?? 'object'];
}

function mapValues<T, U>(values: Readonly<Record<string, T>>, map: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));
}
