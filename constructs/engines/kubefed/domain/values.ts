import { unsafeKeys } from '../../../domain/json/mapping.ts';

/**
 * Whether a Federated object can carry a value of an override. The CRD of KubeFed 0.4.1 accepts neither fractions nor
 * null, and JSON loses digits beyond 2^53.
 */
export function carriesValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(carriesValue);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).every(([key, child]) => !unsafeKeys.has(key) && carriesValue(child));
  return typeof value === 'number' ? Number.isSafeInteger(value) : value !== null && value !== undefined;
}
