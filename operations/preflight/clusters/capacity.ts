import { z } from 'zod';
import type { ExpectedCluster } from '../../../constructs/plan/steps/step.ts';
import type { Answer } from '../../clusters/answer.ts';
import type { Kubectl } from '../../clusters/kubectl.ts';
import { aWarning, type Findings, noFindings } from '../findings.ts';
import { parseQuantity } from './quantity.ts';

const nodesSchema = z.object({ items: z.array(z.unknown()) });
const nodeSchema = z.object({
  status: z.object({
    conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
    allocatable: z.object({ cpu: z.unknown(), memory: z.unknown() }).optional(),
  }),
});

/** The capacity for pods of the Ready nodes of a cluster. */
export interface Capacity {
  readonly cores: number;
  readonly gibibytes: number;
  /** The nodes that do not tell theirs. */
  readonly unknownNodes: number;
}

/** Adds up what the Ready nodes of a cluster have for pods. */
export async function readCapacity(kubectl: Kubectl): Promise<Answer<Capacity>> {
  const nodes = await kubectl.get({ resource: 'nodes', name: null, namespace: null }, nodesSchema);
  if (nodes.kind === 'failed') return nodes;
  const items = nodes.kind === 'found' ? nodes.value.items : [];
  const all = items.flatMap((item) => capacityOf(item) ?? []);
  const known = all.flatMap((one) => (one === 'unknown' ? [] : one));
  return {
    kind: 'found',
    value: {
      cores: known.reduce((sum, { cores }) => sum + cores, 0),
      gibibytes: known.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 30,
      unknownNodes: all.length - known.length,
    },
  };
}

// Null for a node that is not Ready.
function capacityOf(item: unknown): { readonly cores: number; readonly bytes: number } | 'unknown' | null {
  const node = nodeSchema.safeParse(item).data;
  if (node === undefined) return 'unknown';
  const { conditions, allocatable } = node.status;
  if (!conditions.some(({ type, status }) => type === 'Ready' && status === 'True')) return null;
  const cores = parseQuantity(allocatable?.cpu);
  const bytes = parseQuantity(allocatable?.memory);
  return cores === null || bytes === null ? 'unknown' : { cores, bytes };
}

/** Whether a cluster has the recommended capacity. Too little is only a warning: nobody knows what else runs there. */
export function checkCapacity(
  name: string,
  wanted: NonNullable<ExpectedCluster['capacity']>,
  answer: Answer<Capacity>,
): Findings {
  const recommended = `${wanted.cores} cores and ${wanted.gibibytes} GiB are recommended`;
  if (answer.kind !== 'found')
    return aWarning(
      `${name} does not tell the capacity of its nodes${answer.kind === 'failed' ? `: ${answer.reason}` : ''}; ${recommended}`,
    );
  const { cores, gibibytes, unknownNodes } = answer.value;
  if (cores >= wanted.cores && gibibytes >= wanted.gibibytes) return noFindings;
  const has = `${name}: its Ready nodes have ${toTenth(cores)} cores and ${toTenth(gibibytes)} GiB for pods`;
  const unknown = unknownNodes === 0 ? '' : `, without ${unknownNodes} whose capacity is unknown`;
  return aWarning(`${has}${unknown}; ${recommended}`);
}

// Never rounded up to what is recommended.
const toTenth = (value: number): string => (Math.floor(value * 10 + 1e-6) / 10).toFixed(1);
