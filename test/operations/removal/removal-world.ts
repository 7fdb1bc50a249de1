import type { ObjectReference } from '../../../operations/clusters/changes.ts';
import type { Cluster } from '../../../operations/clusters/cluster.ts';
import { reachClusters } from '../../../operations/clusters/reach-clusters.ts';
import { recordLabels, recordName } from '../../../operations/record/read-records.ts';
import type { ClusterRecord } from '../../../operations/record/record.ts';
import { renderRecord } from '../../../operations/record/record-rows.ts';
import type { ProgramCall, ProgramResult, RunProgram } from '../../../operations/tools/run-program.ts';
import { ApiServer, type Place } from '../../support/servers/api/api-server.ts';
import type { SentObject, StoredObject } from '../../support/servers/api/object.ts';
import { kubectl } from '../../support/servers/kubectl/kubectl.ts';
import type { FakeCluster, World } from '../../support/servers/world.ts';

/** A call of a program, as a test sees it. */
export interface SeenCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly input: string;
}

/** What a program other than kubectl does in the clusters of a test. */
type Tool = (call: ProgramCall, world: RemovalWorld) => string | null;

/** Clusters from which something is removed. Their servers run in this process. */
export class RemovalWorld implements World {
  readonly clusters: Map<string, FakeCluster>;
  readonly calls: SeenCall[] = [];
  readonly tools: Record<string, Tool> = { istioctl: () => '', helm: () => '', kubefedctl: () => '' };
  /** May answer a call in place of its program. */
  intercept: (call: ProgramCall) => ProgramResult | null = () => null;

  /** @param names of the contexts, which are those of the clusters, too */
  constructor(names: readonly string[]) {
    this.clusters = new Map(names.map((name) => [name, clusterOf(name)]));
    for (const name of names) {
      this.add(name, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system' } }, 'kubernetes');
      this.add(name, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } }, 'kubernetes');
    }
  }

  at = (url: string): FakeCluster | undefined => [...this.clusters.values()].find((one) => one.url === url);

  readonly program: RunProgram = async (call) => {
    const { program, args, input = '' } = call;
    this.calls.push({ program, args, input });
    const given = this.intercept(call);
    if (given !== null) return given;
    if (program === 'kubectl') {
      const around = {
        world: this,
        note: () => {},
        settle: () => {},
        inPod: () => ({ out: '', err: '', exitCode: 1 }),
      };
      const { out, err, exitCode } = kubectl(args, input, around);
      for (const { server } of this.clusters.values()) settle(server);
      return { kind: 'ended', stdout: out, stderr: err, exitCode };
    }
    const said = this.tools[program]?.(call, this) ?? null;
    return said === null
      ? { kind: 'not-started', reason: 'ENOENT' }
      : { kind: 'ended', stdout: said, stderr: '', exitCode: 0 };
  };

  server(cluster: string): ApiServer {
    const found = this.clusters.get(cluster);
    if (found === undefined) throw new Error(`no cluster ${cluster}`);
    return found.server;
  }

  /** Applies an object as somebody. */
  add(cluster: string, object: SentObject, manager = 'mesh-federation'): StoredObject {
    const server = this.server(cluster);
    define(server, object);
    return server.apply(object, { manager });
  }

  /** Applies objects with nothing in them, as we would. */
  apply(cluster: string, references: readonly ObjectReference[], manager?: string): void {
    for (const one of references) {
      if (one.namespace !== null && !this.has(cluster, 'Namespace', one.namespace))
        this.add(cluster, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: one.namespace } }, 'kubernetes');
      this.add(cluster, objectOf(this.server(cluster), one), manager);
    }
  }

  /** Puts a record into a cluster. */
  record(cluster: string, record: ClusterRecord, name = recordName(record.federation)): void {
    const { managedBy, federation } = recordLabels;
    const labels = { [managedBy.name]: managedBy.value, [federation]: record.federation };
    const data = renderRecord(record);
    this.add(cluster, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'kube-system', labels },
      data,
    });
  }

  /** A namespace as an engine brings it. */
  bringNamespace(cluster: string, name: string, label: string): void {
    this.add(
      cluster,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [label]: 'true' } } },
      'engine',
    );
  }

  /** A registration of KubeFed that is ready. */
  ready(cluster: string, name: string): void {
    const namespace = 'kube-federation-system';
    if (!this.has(cluster, 'Namespace', namespace)) this.bringNamespace(cluster, namespace, 'name');
    const status = { conditions: [{ type: 'Ready', status: 'True' }] };
    const metadata = { name, namespace };
    this.add(cluster, { apiVersion: 'core.kubefed.io/v1beta1', kind: 'KubeFedCluster', metadata, status }, 'kubefed');
  }

  /** Removes an object, whatever it waits for. */
  remove(cluster: string, kind: string, name: string, namespace: string | null = null): void {
    const server = this.server(cluster);
    const found = server.entries.find(
      ({ object }) =>
        object.kind === kind && object.metadata.name === name && (object.metadata.namespace ?? null) === namespace,
    );
    if (found !== undefined) server.finish({ kind: found.kind, name, namespace });
  }

  /** A namespace that its engine has left. */
  freeNamespace(cluster: string, name: string): void {
    this.remove(cluster, 'Namespace', name);
    this.add(cluster, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, 'engine');
  }

  /** The data of a record. */
  recordData(cluster: string, federation = 'demo'): Readonly<Record<string, string>> {
    const found = this.server(cluster).entries.find(({ object }) => object.metadata.name === recordName(federation));
    return (found?.object.data ?? {}) as Readonly<Record<string, string>>;
  }

  labelsOf(cluster: string, namespace: string): Readonly<Record<string, string>> {
    const found = this.server(cluster).entries.find(
      ({ object }) => object.kind === 'Namespace' && object.metadata.name === namespace,
    );
    return found?.object.metadata.labels ?? {};
  }

  has(cluster: string, kind: string, name: string, namespace: string | null = null): boolean {
    return this.server(cluster).entries.some(
      ({ object }) =>
        object.kind === kind && object.metadata.name === name && (object.metadata.namespace ?? null) === namespace,
    );
  }

  /** The calls that change something, as `cluster verb object`. */
  get changes(): readonly string[] {
    return this.calls.flatMap(({ program, args }) => changeOf(program, args));
  }

  async reach(): Promise<ReadonlyMap<string, Cluster>> {
    const servers = [...this.clusters.keys()].map((name) => ({
      name,
      context: name,
      uid: null,
      isLeaving: false,
      isMember: name !== 'federation',
    }));
    const reached = await reachClusters(servers, { run: this.program, parallel: 4, answerSeconds: 5 });
    if (reached.kind === 'problems') throw new Error(JSON.stringify(reached.problems));
    return reached.clusters;
  }
}

// Its first digits tell the cluster.
function uidOf(name: string, number: number): string {
  const hex = Buffer.from(name).toString('hex').padEnd(8, '0').slice(0, 8);
  return `${hex}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

function clusterOf(name: string): FakeCluster {
  const server = new ApiServer(
    name,
    () => 0,
    (number) => uidOf(name, number),
  );
  return {
    context: name,
    server,
    url: `https://${name}.example:6443`,
    version: 'v1.34.4',
    address: null,
    unavailable: [],
    paused: new Set(),
    may: () => true,
    isKarmada: false,
  };
}

// A kind that Kubernetes does not have comes from a definition.
function define(server: ApiServer, { apiVersion, kind, metadata }: SentObject): void {
  if (server.kinds.ofObject({ apiVersion, kind }) !== undefined) return;
  const [group = '', version = ''] = apiVersion.split('/');
  const plural = `${kind.toLowerCase()}s`;
  const scope = metadata.namespace === undefined ? 'Cluster' : 'Namespaced';
  const spec = { group, scope, names: { kind, plural }, versions: [{ name: version, served: true }] };
  const definition = { metadata: { name: `${plural}.${group}` }, spec };
  server.kinds.define(definition as unknown as StoredObject);
}

function objectOf(server: ApiServer, { group, kind, namespace, name }: ObjectReference): SentObject {
  const served = server.kinds.all.find((one) => one.group === group && one.kind === kind);
  const version = served?.versions[0] ?? 'v1';
  // A server remembers nobody of an object without any field.
  const labels = { app: name };
  const metadata = namespace === null ? { name, labels } : { name, namespace, labels };
  return { apiVersion: group === '' ? version : `${group}/${version}`, kind, metadata };
}

// Kubernetes ends a namespace after everything in it, and a definition after the objects of its kind.
function settle(server: ApiServer): void {
  for (const { kind, object } of server.entries) {
    if (object.metadata.deletionTimestamp === undefined) continue;
    const place: Place = { kind, name: object.metadata.name, namespace: null };
    if (kind.kind === 'Namespace') {
      const inside = server.entries.filter((one) => one.object.metadata.namespace === object.metadata.name);
      for (const one of inside)
        server.finish({ kind: one.kind, name: one.object.metadata.name, namespace: object.metadata.name });
      server.finish(place);
    }
    if (kind.kind === 'CustomResourceDefinition') server.finish(place);
  }
}

function changeOf(program: string, args: readonly string[]): readonly string[] {
  const value = (flag: string): string => args.find((one) => one.startsWith(`--${flag}=`))?.split('=')[1] ?? '';
  if (program !== 'kubectl')
    return args[0] === 'version' || args.includes('--help') ? [] : [`${program} ${args.join(' ')}`];
  const verb = args.find((one) => ['apply', 'create', 'replace', 'delete'].includes(one));
  if (verb === undefined) return [];
  const path = value('raw').split('/');
  const at = path.indexOf('namespaces');
  const object = at > 0 && path.length > at + 2 ? path.slice(at + 1).join('/') : path.slice(-2).join('/');
  return [`${value('context')} ${verb} ${object}`.trim()];
}
