import { isIP } from 'node:net';
import { type Answer, anotherForm } from '../../clusters/answer.ts';
import type { ClientPod } from './client-pods.ts';

/** An endpoint in the list of an Envoy. */
export interface LiveEndpoint {
  /** As Envoy writes it: `10.0.0.7:5000`, `[2001:db8::1]:15443`. */
  readonly text: string;
  readonly ip: string;
  readonly port: number;
  readonly weight: number;
  readonly priority: number;
  /** The calls that it has got from this Envoy so far. */
  readonly calls: number;
}

/** The endpoints of an Envoy, by `PORT|HOST`. */
export type LiveEndpoints = ReadonlyMap<string, readonly LiveEndpoint[]>;

type Facts = Record<'weight' | 'priority' | 'rq_total', number>;

const line =
  /^outbound\|(\d{1,5})\|\|([^:|]{1,253})::(\[[^\]]{1,60}\]|[^:[]{1,60}):(\d{1,5})::(weight|priority|rq_total)::(.*)$/;
const decimal = /^(0|[1-9]\d{0,14})$/;

/** Asks the Envoy of a pod for its current list: the endpoints that a call would meet, not those that istiod means to send. */
export async function readLiveEndpoints({ cluster, namespace, name }: ClientPod): Promise<Answer<LiveEndpoints>> {
  const words = ['pilot-agent', 'request', 'GET', 'clusters'];
  const text = await cluster.kubectl.exec({ namespace, pod: name, container: 'istio-proxy', words });
  return text.kind === 'found' ? parseClusters(text.value) : text;
}

/** Reads the text of Envoy's `/clusters`. It is the text of another machine: a number that is none spoils all of it. */
export function parseClusters(text: string): Answer<LiveEndpoints> {
  const endpoints = new Map<string, Map<string, Facts>>();
  for (const one of text.split('\n')) {
    const [, port, host, ip = '', ownPort, fact, value = ''] = line.exec(one) ?? [];
    if (isIP(bare(ip)) === 0) continue;
    if (!decimal.test(value)) return anotherForm;
    const ofCall = endpoints.get(`${port}|${host}`) ?? new Map<string, Facts>();
    const facts = ofCall.get(`${ip}:${ownPort}`) ?? { weight: 1, priority: 0, rq_total: 0 };
    facts[fact as keyof Facts] = Number(value);
    endpoints.set(`${port}|${host}`, ofCall.set(`${ip}:${ownPort}`, facts));
  }
  const value = new Map([...endpoints].map(([call, ofCall]) => [call, [...ofCall].map(toEndpoint)]));
  return { kind: 'found', value };
}

function toEndpoint([text, { weight, priority, rq_total }]: readonly [string, Facts]): LiveEndpoint {
  const end = text.lastIndexOf(':');
  return { text, ip: bare(text.slice(0, end)), port: Number(text.slice(end + 1)), weight, priority, calls: rq_total };
}

function bare(ip: string): string {
  return ip.startsWith('[') ? ip.slice(1, -1) : ip;
}
