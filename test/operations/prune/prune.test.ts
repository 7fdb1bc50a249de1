import { describe, expect, test } from 'vitest';
import type { PlanJson } from '../../../constructs/delivery/tables/plan-json.ts';
import type { Step } from '../../../constructs/plan/steps/step.ts';
import type { PlannedObject } from '../../../operations/plan/planned-objects.ts';
import { prune } from '../../../operations/prune/prune.ts';
import { readRecords } from '../../../operations/record/read-records.ts';
import type { ClusterRecord, RecordedObject } from '../../../operations/record/record.ts';
import type { Run } from '../../../operations/run/run.ts';
import { makeStop } from '../../../operations/tools/stop.ts';
import { RemovalWorld } from '../removal/removal-world.ts';

const object = (wave: string, group: string, kind: string, namespace: string | null, name: string): RecordedObject => ({
  wave,
  group,
  kind,
  namespace,
  name,
});

const empty: ClusterRecord = {
  federation: 'demo',
  cluster: 'member',
  objects: [],
  commands: [],
  created: [],
  progress: null,
  members: [],
};

interface Case {
  readonly world: RemovalWorld;
  readonly record: Partial<ClusterRecord>;
  readonly planned?: readonly PlannedObject[];
  readonly steps?: readonly Step[];
  readonly mode?: Run['mode'];
  readonly isLeaving?: boolean;
  readonly cluster?: string;
}

async function pruned({ world, record, planned = [], steps = [], mode = 'apply', isLeaving = false, ...rest }: Case) {
  const name = rest.cluster ?? 'member';
  world.record(name, { ...empty, cluster: name, ...record });
  const clusters = await world.reach();
  const reached = clusters.get(name);
  if (reached === undefined) throw new Error(`no cluster ${name}`);
  const records = await readRecords(reached, 'demo');
  if (records.kind !== 'found' || records.value.own === null) throw new Error('the record of the test is wrong');
  const plan: PlanJson = { format: 1, federation: 'demo', declaration: 'federation.yaml', steps };
  const run: Run = {
    output: { directory: '', plan, objects: planned, textOf: () => '', checksumOf: () => '' },
    steps,
    clusters,
    mode,
    settings: {
      timeoutSeconds: 1,
      pollMilliseconds: 5,
      parallel: 1,
      forceConflicts: false,
      cacerts: null,
      allowHttpCharts: false,
    },
    program: world.program,
    stop: makeStop(),
  };
  const lines: string[] = [];
  world.calls.length = 0;
  const after = await prune(run, { ...reached, isLeaving }, records.value.own, (line) => lines.push(line));
  return { after, lines, text: lines.join('\n') };
}

const former = object('70-workloads', 'apps', 'Deployment', 'sample', 'former');

function memberWith(objects: readonly RecordedObject[]): RemovalWorld {
  const world = new RemovalWorld(['member']);
  world.apply('member', [
    object('', '', 'Namespace', null, 'sample'),
    object('', '', 'Namespace', null, 'istio-system'),
  ]);
  world.apply('member', objects);
  return world;
}

describe('prune', () => {
  test('deletes only objects that the output no longer has, the last wave first', async () => {
    const objects = [
      object('10-foundation', '', 'ServiceAccount', 'sample', 'older'),
      former,
      object('60-federation', 'apps', 'Deployment', 'sample', 'sleep'),
      object('80-traffic', 'networking.istio.io', 'DestinationRule', 'sample', 'gone'),
    ];
    const world = memberWith(objects);
    const planned = [{ cluster: 'member', ...object('70-workloads', 'apps', 'Deployment', 'sample', 'sleep') }];
    const { after, lines } = await pruned({ world, record: { objects }, planned });
    expect(world.changes).toEqual([
      'member delete sample/destinationrules/gone',
      'member delete sample/deployments/former',
      'member delete sample/serviceaccounts/older',
    ]);
    expect(lines[0]).toBe('destinationrule.networking.istio.io/gone deleted');
    expect(after.objects).toEqual([objects[2]]);
  });

  test('keeps what holds other objects or data, and says how to delete it', async () => {
    const objects = [
      object('10-foundation', '', 'Namespace', null, 'old'),
      object('60-federation', 'types.kubefed.io', 'FederatedNamespace', 'old', 'old'),
      object('60-federation', 'types.kubefed.io', 'FederatedPersistentVolumeClaim', 'old', 'data'),
      object('05-federation-control-plane', 'apiextensions.k8s.io', 'CustomResourceDefinition', null, 'olds.example'),
      object('70-workloads', '', 'PersistentVolumeClaim', 'old', 'data'),
      object('70-workloads', '', 'PersistentVolume', null, 'disk'),
    ];
    const world = memberWith(objects);
    const { after, lines, text } = await pruned({ world, record: { objects }, isLeaving: true });
    expect(world.changes).toEqual([]);
    expect(lines).toHaveLength(6);
    expect(text).toContain(
      'left on member: persistentvolumeclaim/data; deleting it would delete its data: delete it yourself: kubectl --context member --namespace old delete persistentvolumeclaim/data',
    );
    expect(text).toContain(
      'left on member: namespace/old; deleting it would delete everything in it: delete it yourself',
    );
    expect(after.objects).toEqual(objects);
  });

  test('names the objects to delete in a dry run, and keeps them', async () => {
    for (const mode of ['dry-run', 'diff'] as const) {
      const world = memberWith([former]);
      const { after, lines } = await pruned({ world, record: { objects: [former] }, mode });
      expect(lines).toEqual(['deployment.apps/former would be deleted']);
      expect(world.changes).toEqual([]);
      expect(after.objects).toEqual([former]);
    }
  });

  test('deletes the remote secrets of clusters that have left, before anything else', async () => {
    const world = memberWith([former]);
    const secret = object('', '', 'Secret', 'istio-system', 'istio-remote-secret-edge');
    world.apply('member', [secret, { ...secret, name: 'istio-remote-secret-host' }]);
    const command = (name: string) => ({ wave: '45-discovery', undo: 'remote-secret', path: null, args: [name, name] });
    const host = {
      action: 'remote-secret',
      target: { name: 'member' },
      read: { name: 'host', istioCluster: 'host' },
    } as unknown as Step;
    const record = { objects: [former], commands: [command('edge'), command('host')] };
    const { after } = await pruned({ world, record, steps: [host] });
    expect(world.changes).toEqual([
      'member delete istio-system/secrets/istio-remote-secret-edge',
      'member delete sample/deployments/former',
    ]);
    expect(after.commands).toEqual([command('host')]);
  });
});

describe('what an engine has taken over stays', () => {
  const managed = (label: string) => {
    const world = memberWith([]);
    const labels = { [label]: 'true' };
    world.add('member', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'former', namespace: 'sample', labels },
    });
    return world;
  };

  test.each([
    ['kubefed.io/managed', 'KubeFed'],
    ['karmada.io/managed', 'Karmada'],
  ])('as the label %s shows', async (label, title) => {
    const world = managed(label);
    const { lines, after } = await pruned({ world, record: { objects: [former] } });
    expect(lines).toEqual([`left on member: deployment.apps/former; ${title} delivers it now`]);
    expect(world.changes).toEqual([]);
    expect(after.objects).toEqual([]);
  });

  test.each([
    ['types.kubefed.io', 'FederatedDeployment', 'host'],
    ['apps', 'Deployment', 'federation'],
  ])('as %s/%s of the output shows, before there is any label', async (group, kind, cluster) => {
    const world = memberWith([former]);
    const planned = [{ cluster, ...object('60-federation', group, kind, 'sample', 'former') }];
    const { lines } = await pruned({ world, record: { objects: [former] }, planned });
    expect(lines[0]).toContain('delivers it now');
    expect(world.changes).toEqual([]);
  });
});

describe('what an engine has given back stays', () => {
  const direct = [{ cluster: 'member', ...object('70-workloads', 'apps', 'Deployment', 'sample', 'former') }];

  test('KubeFed keeps the copies of an object that is deleted', async () => {
    const federated = object('60-federation', 'types.kubefed.io', 'FederatedDeployment', 'sample', 'former');
    const world = memberWith([federated]);
    const { lines, after } = await pruned({ world, record: { objects: [federated] }, planned: direct });
    expect(lines).toEqual(['federateddeployment.types.kubefed.io/former deleted']);
    expect(world.calls.some(({ input }) => input.includes('"kubefed.io/orphan":"true"'))).toBe(true);
    expect(world.has('member', 'FederatedDeployment', 'former', 'sample')).toBe(false);
    expect(after.objects).toEqual([]);
  });

  test('Karmada would delete them, so its template stays', async () => {
    const template = object('60-federation', 'apps', 'Deployment', 'sample', 'former');
    const world = new RemovalWorld(['federation']);
    world.apply('federation', [template]);
    const cluster = 'federation';
    const { text, after } = await pruned({ world, record: { objects: [template] }, planned: direct, cluster });
    expect(after.objects).toEqual([template]);
    expect(text).toContain('it is applied directly now, and Karmada would delete it everywhere');
    expect(world.changes).toEqual([]);
  });
});

describe('a record is a claim', () => {
  test('what we have not applied stays', async () => {
    const world = memberWith([]);
    world.apply('member', [former], 'kubectl');
    const { lines, after } = await pruned({ world, record: { objects: [former] } });
    expect(lines).toEqual(['left on member: deployment.apps/former; the cluster does not remember that we applied it']);
    expect(world.changes).toEqual([]);
    expect(after.objects).toEqual([]);
  });

  test.each(['ns', 'pv', 'Deployments', 'deployment'])('a kind %s names no object', async (kind) => {
    const world = memberWith([former]);
    world.apply('member', [object('', '', 'Namespace', null, 'victim')]);
    const objects = [object('70-workloads', '', kind, null, 'victim'), { ...former, kind }];
    const { lines } = await pruned({ world, record: { objects } });
    expect(lines).toEqual([]);
    expect(world.changes).toEqual([]);
    expect(world.has('member', 'Namespace', 'victim')).toBe(true);
  });

  test('an object with a new UID, or one that somebody changes meanwhile, is judged again', async () => {
    const world = memberWith([former]);
    let isTaken = false;
    world.intercept = ({ args }) => {
      if (args.includes('delete') && !isTaken) {
        isTaken = true;
        world.server('member').update(
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name: 'former', namespace: 'sample', labels: { 'kubefed.io/managed': 'true' } },
          },
          { manager: 'kubefed' },
        );
      }
      return null;
    };
    const { text } = await pruned({ world, record: { objects: [former] } });
    expect(text).toContain('left on member: deployment.apps/former; somebody has changed it meanwhile');
    expect(world.has('member', 'Deployment', 'former', 'sample')).toBe(true);
  });

  test('what another federation lists stays, and so do its gateways and secrets', async () => {
    const gateway = object('30-gateways', 'apps', 'Deployment', 'istio-system', 'gateway');
    const world = memberWith([former, gateway]);
    world.record('member', { ...empty, federation: 'shop', objects: [{ ...former, wave: '60-federation' }] });
    const { text, after } = await pruned({ world, record: { objects: [former, gateway] } });
    expect(text).toContain('left on member: deployment.apps/former; federation shop lists it, too');
    expect(text).toContain('left on member: deployment.apps/gateway; federation shop uses Istio here');
    expect(world.changes).toEqual([]);
    expect(after.objects).toEqual([former, gateway]);
  });

  test('records and the lock stay, whatever a record says', async () => {
    const world = memberWith([]);
    world.record('member', { ...empty, federation: 'shop' });
    const other = object('70-workloads', '', 'ConfigMap', 'kube-system', 'mesh-federation-shop');
    const { lines } = await pruned({ world, record: { objects: [other] } });
    expect(lines[0]).toContain('no record may list it');
    expect(world.changes).toEqual([]);
  });

  test('a server that does not answer has not said no', async () => {
    const world = memberWith([former]);
    world.intercept = ({ args }) =>
      args.includes('--filename=-') ? { kind: 'ended', exitCode: 1, stdout: '', stderr: 'the server is busy' } : null;
    await expect(pruned({ world, record: { objects: [former] } })).rejects.toThrow('cannot tell whether member has');
  });
});
