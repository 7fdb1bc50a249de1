import type { Cluster } from '../environment.ts';
import { tryIstioctl } from './istioctl.ts';

/** A message of istioctl about a cluster. */
export interface Message {
  readonly code: string;
  readonly level: string;
  /** The object of the message: kind, name and namespace in one text. */
  readonly origin: string;
  readonly message: string;
}

/** Messages of all levels that `istioctl analyze` reports about a cluster. With JSON its exit status has no meaning. */
export async function analyze(cluster: Cluster, words: readonly string[]): Promise<Message[]> {
  const ran = await tryIstioctl(cluster, ['analyze', ...words, '--output', 'json']);
  if (ran.status !== 0) throw new Error(`${cluster.name}: istioctl analyze: ${ran.stderr}`);
  return JSON.parse(ran.stdout || '[]') as Message[];
}
