import { isMap, mapAt, type SentObject } from './object.ts';
import { StatusError } from './status-error.ts';
import type { Place } from './store.ts';

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const mostBytes = 1_048_576;

/**
 * Checks what somebody sends.
 *
 * @throws StatusError in the words of Kubernetes
 */
export function validate(sent: SentObject, { kind, name, namespace }: Place): void {
  if (kind.group !== 'rbac.authorization.k8s.io' && (!subdomain.test(name) || name.length > 253))
    throw invalid(
      sent,
      `metadata.name: Invalid value: "${name}": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
    );
  if (kind.group !== '' || !['configmaps', 'secrets'].includes(kind.plural)) return;
  const data = sent.data ?? {};
  const wrong = Object.entries(isMap(data) ? data : {}).find(([, value]) => typeof value !== 'string');
  if (wrong !== undefined)
    throw new StatusError(
      '',
      `failed to create typed patch object (${namespace ?? ''}/${name}; /v1, Kind=${sent.kind}): .data.${wrong[0]}: expected string, got &value.valueUnstructured{Value:${JSON.stringify(wrong[1])}}`,
    );
  const bytes = Object.values(mapAt(sent, 'data')).reduce<number>(
    (all, text) => all + Buffer.byteLength(String(text)),
    0,
  );
  if (bytes > mostBytes) throw invalid(sent, `[]: Too long: may not be more than ${mostBytes} bytes`);
}

function invalid({ kind, metadata: { name } }: SentObject, why: string): StatusError {
  return new StatusError('Invalid', `${kind} "${name}" is invalid: ${why}`);
}
