import type { Cluster } from '../environment.ts';
import { tryIstioctl } from './istioctl.ts';

/** Something that istioctl has to say of a cluster. */
export interface Message {
  readonly code: string;
  readonly level: string;
  /** The object it is about: kind, name and namespace in one text. */
  readonly origin: string;
  readonly message: string;
}

/** What `istioctl analyze` says of a cluster, of every level. Its exit status says nothing in JSON. */
export async function analyze(cluster: Cluster, words: readonly string[]): Promise<Message[]> {
  const ran = await tryIstioctl(cluster, ['analyze', ...words, '--output', 'json']);
  if (ran.status !== 0) throw new Error(`${cluster.name}: istioctl analyze: ${ran.stderr}`);
  return JSON.parse(ran.stdout || '[]') as Message[];
}
