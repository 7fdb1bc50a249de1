import { z } from 'zod';
import { dnsSubdomainPattern } from '../../constructs/domain/kubernetes/dns-names.ts';
import type { Registration } from './engine-preflight.ts';

/** An object by which an engine knows a cluster. KubeFed and Karmada have the same form here. */
export const registrationSchema = z
  .object({
    metadata: z.object({ name: z.string().regex(dnsSubdomainPattern) }),
    spec: z.object({ apiEndpoint: z.string().max(1000).optional() }).default({}),
    status: z
      .object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]) })
      .default({ conditions: [] }),
  })
  .transform(({ metadata, spec, status }): Registration => {
    // A cluster that is Offline may have no condition Ready.
    const ready = status.conditions.find(({ type }) => type === 'Ready')?.status ?? null;
    return { name: metadata.name, ready, endpoint: spec.apiEndpoint || null };
  });

/** The URL of an API server in one spelling, to compare it with others. */
export function sameSpelling(server: string): string {
  return URL.canParse(server) ? new URL(server).href : server;
}
