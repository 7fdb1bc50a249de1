import { join } from 'node:path';
import { reportText } from '../../../command/apply/report.ts';
import { apply } from '../../../operations/apply/apply.ts';
import type { RunEvent } from '../../../operations/apply/events.ts';
import type { ApplyOptions } from '../../../operations/apply/options.ts';
import type { Stop } from '../../../operations/tools/stop.ts';
import type { Life, Servers } from '../../support/servers/servers.ts';
import type { Snapshot } from '../../support/servers/snapshot.ts';

/** The output of the default declaration of this repository. */
export const dist = join(import.meta.dirname, '../../../dist');

/** How a run of `apply` went. */
export interface ApplyRun {
  readonly exitCode: number;
  readonly events: readonly RunEvent[];
  /** The messages for people. */
  readonly said: string;
}

/** A stop whose waiting takes simulated time. */
export function simulatedStop({ clock }: Pick<Servers, 'clock'>): Stop {
  let reason: string | null = null;
  return {
    reason: () => reason,
    request: (given) => {
      reason ??= given;
    },
    sleep: (milliseconds) => clock.sleep(milliseconds),
  };
}

/** The UIDs of servers, as `--expect` names them. */
export function expectedOf({ world }: Servers): ReadonlyMap<string, string> {
  return new Map([...world.clusters.keys()].map((name) => [name, uidOf(world, name)]));
}

function uidOf(world: Servers['world'], name: string): string {
  const entry = world.clusters
    .get(name)
    ?.server.entries.find(({ kind, object }) => kind.kind === 'Namespace' && object.metadata.name === 'kube-system');
  return entry?.object.metadata.uid ?? '';
}

/** Applies an output to servers, one cluster at a time, and asks nobody. */
export async function applyTo(
  servers: Servers,
  options: Partial<ApplyOptions> = {},
  life: Life = servers,
): Promise<ApplyRun> {
  const events: RunEvent[] = [];
  let said = '';
  const show = reportText(
    {
      out: (text) => {
        said += text;
      },
      err: (text) => {
        said += text;
      },
      isInteractive: false,
      hasColours: false,
    },
    (wave) => `mesh-federation apply --from ${wave}`,
  );
  const exitCode = await apply({
    directory: dist,
    mode: 'apply',
    from: null,
    to: null,
    only: [],
    canary: null,
    contexts: new Map(),
    expected: expectedOf(servers),
    cacertsDirectory: null,
    timeoutSeconds: 60,
    pollMilliseconds: 2000,
    deadlineSeconds: null,
    prunes: false,
    forceConflicts: false,
    allowHttpCharts: false,
    renamedFrom: null,
    parallel: 1,
    answerSeconds: 30,
    holder: 'somebody@here',
    onPrompt: null,
    now: servers.clock.now,
    confirm: null,
    program: life.run,
    stop: simulatedStop(servers),
    report: (event) => {
      events.push(event);
      show(event);
    },
    ...options,
  });
  return { exitCode, events, said };
}

/**
 * What servers hold, without what each run makes anew: the record knows the UIDs of the servers, and each world has its own;
 * so has each token.
 */
export function comparable(servers: Servers): Snapshot {
  const uids = [...servers.world.clusters.values()].flatMap(({ server }) =>
    server.entries.flatMap(({ object }) => (object.metadata.name === 'kube-system' ? object.metadata.uid : [])),
  );
  const text = JSON.stringify(servers.snapshot(), (key, value) =>
    /^secrets\/istio-system\/istio-remote-secret-/.test(key) ? { ...value, data: Object.keys(value.data) } : value,
  );
  return JSON.parse(uids.reduce((all, uid, index) => all.replaceAll(uid, `uid-${index}`), text)) as Snapshot;
}
