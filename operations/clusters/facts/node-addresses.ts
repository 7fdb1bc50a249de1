import { z } from 'zod';
import { parseJson } from '../../../constructs/domain/json/parse-json.ts';
import { type Answer, mapAnswer } from '../answer.ts';
import type { Kubectl } from '../kubectl.ts';

const texts = z.record(z.string(), z.string());

const nodesSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ labels: texts.default({}) }).default({ labels: {} }),
      status: z
        .object({ addresses: z.array(z.object({ type: z.string(), address: z.string() })).default([]) })
        .default({ addresses: [] }),
    }),
  ),
});

/** The labels of the nodes that stand for a NodePort Service. Null: istiod takes no node for it. */
export function selectorOf(annotations: Readonly<Record<string, string>>): Readonly<Record<string, string>> | null {
  const text = annotations['traffic.istio.io/nodeSelector'];
  // One that istiod cannot read selects every node.
  return text === undefined ? null : (texts.safeParse(parseJson(text)).data ?? {});
}

/**
 * The address of each node with some labels, as istiod takes it: the first one of type ExternalIP, and none of a node without
 * one (1.31.0 pilot/pkg/serviceregistry/kube/controller/controller.go, onNodeEvent).
 */
export async function readNodeAddresses(
  kubectl: Kubectl,
  selector: Readonly<Record<string, string>>,
): Promise<Answer<readonly string[]>> {
  const nodes = await kubectl.get({ resource: 'nodes', name: null, namespace: null }, nodesSchema);
  return mapAnswer(nodes, ({ items }) =>
    items
      .filter(({ metadata }) => Object.entries(selector).every(([key, value]) => metadata.labels[key] === value))
      .flatMap(({ status }) => firstExternal(status.addresses)),
  );
}

function firstExternal(addresses: readonly { readonly type: string; readonly address: string }[]): readonly string[] {
  const found = addresses.find(({ type, address }) => type === 'ExternalIP' && address !== '');
  return found === undefined ? [] : [found.address];
}
