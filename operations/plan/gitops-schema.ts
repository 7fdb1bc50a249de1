import { z } from 'zod';
import type { GitopsJson } from '../../constructs/delivery/tables/plan-json.ts';
import { serverPattern } from '../../constructs/domain/addresses/patterns.ts';
import { dnsLabelPattern, dnsSubdomainPattern } from '../../constructs/domain/kubernetes/dns-names.ts';

const label = z.string().regex(dnsLabelPattern);
const subdomain = z.string().regex(dnsSubdomainPattern);

/** The form of `gitops` in `plan.json`: every task, and nothing besides. */
export const gitopsSchema: z.ZodType<GitopsJson> = z.strictObject({
  engine: label,
  namespace: label,
  bootstrap: z.array(
    z.discriminatedUnion('task', [
      z.strictObject({
        task: z.enum(['install-engine', 'join', 'remote-secret-gone']),
        cluster: label,
        other: label.nullable(),
      }),
      z.strictObject({ task: z.literal('cacerts'), cluster: label }),
      z.strictObject({
        task: z.literal('engine-access'),
        cluster: label,
        gitopsEngine: label,
        namespace: label,
        secret: subdomain,
        reads: label,
        apiServer: z.string().regex(serverPattern).nullable(),
      }),
      z.strictObject({
        task: z.literal('remote-secret'),
        cluster: label,
        reads: label,
        account: subdomain,
        secret: subdomain,
      }),
    ]),
  ),
});
