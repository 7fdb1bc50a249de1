import { Document } from 'yaml';

/** A value as one line of YAML, as a user would write it: `{address: 203.0.113.10}`. */
export function flow(value: unknown): string {
  const options = { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0, singleQuote: true } as const;
  return new Document(value).toString(options).trimEnd();
}
