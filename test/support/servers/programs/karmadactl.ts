import { objectIn, placeIn } from '../controllers/controller.ts';
import { type Flags, readArguments } from '../kubectl/arguments.ts';
import { failing, messageOf, type Said, saying } from '../kubectl/said.ts';
import type { ProgramAround } from './program.ts';

const flags: Flags = {
  valued: ['karmada-context', 'cluster-context', 'cluster-kubeconfig', 'kubeconfig', 'wait', 'cluster-namespace'],
  bare: ['force', 'dry-run', 'help'],
  short: {},
};

/** karmadactl, as far as the product calls it. */
export function karmadactl(words: readonly string[], around: ProgramAround): Said {
  const args = readArguments(words, flags);
  const [verb = '', name = ''] = args.words;
  if (args.unknown.length > 0) return failing(`error: unknown flag: ${args.unknown[0]}`);
  if (verb !== 'unjoin') return failing(`error: unknown command "${verb}" for "karmadactl"`);
  const karmada = around.world.clusters.get(args.value('karmada-context') ?? '');
  if (karmada === undefined) return failing(`error: context "${args.value('karmada-context') ?? ''}" does not exist`);
  around.note(`Cluster.cluster.karmada.io/${name}`);
  try {
    const place = placeIn(karmada.server, 'clusters.cluster.karmada.io', null, name);
    if (place === null || objectIn(karmada.server, 'clusters.cluster.karmada.io', null, name) === undefined)
      return failing(`error: no cluster object ${name} found in karmada control Plane`);
    karmada.server.delete(place);
    return saying(`cluster object(${name}) is unjoined\n`);
  } catch (error) {
    return failing(messageOf(error));
  }
}
