import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SentObject } from '../../api/object.ts';
import { parseManifests } from '../../kubectl/manifests.ts';
import { looseDefinition } from './loose-definition.ts';

const file = join(import.meta.dirname, '../../../../../crds/istio-1.31.4.yaml');

// GROUP VERSION KIND of those whose schema this repository does not keep.
const others = `
extensions v1alpha1 WasmPlugin
networking v1 DestinationRule
networking v1alpha3 EnvoyFilter
networking v1beta1 ProxyConfig
networking v1 ServiceEntry
networking v1 Sidecar
networking v1 WorkloadEntry
networking v1 WorkloadGroup
security v1 AuthorizationPolicy
security v1 PeerAuthentication
security v1 RequestAuthentication
telemetry v1 Telemetry
`;

let definitions: readonly SentObject[] | null = null;

/** Istio's CustomResourceDefinitions. */
export function istioDefinitions(): readonly SentObject[] {
  definitions ??= [...parseManifests(readFileSync(file, 'utf8')), ...others.trim().split('\n').map(defined)].map(
    withFormer,
  );
  return definitions;
}

// Istio has served the kinds of networking as v1alpha3 since 1.0, and still does.
function withFormer(definition: SentObject): SentObject {
  const { group, versions } = definition.spec as { group: string; versions: readonly { name: string }[] };
  const [first] = versions;
  if (group !== 'networking.istio.io' || first === undefined || versions.some(({ name }) => name === 'v1alpha3'))
    return definition;
  const former = { ...first, name: 'v1alpha3', storage: false };
  return { ...definition, spec: { ...(definition.spec as object), versions: [...versions, former] } };
}

function defined(line: string): SentObject {
  const [group, version = '', kind = ''] = line.split(' ');
  const plural = `${kind.toLowerCase()}s`.replace(/ys$/, 'ies');
  return looseDefinition(`${group}.istio.io`, version, kind, plural);
}
