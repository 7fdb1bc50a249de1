import { clusterNamed } from '../../environment.ts';
import { startDeployment, stopDeployment } from '../../kubernetes/faults.ts';
import { kubectl, rolledOut } from '../../kubernetes/kubectl.ts';
import type { Ran } from '../../machine/run.ts';
import { until } from '../../machine/wait.ts';
import { findGatewayAddress, GATEWAY, gatewayAddress } from '../../mesh/gateways.ts';

type Apply = (options: readonly string[]) => Promise<Ran>;

/** A fault in a mesh of `host` and `member`, verify's message about it, and its repair. */
export interface Fault {
  readonly name: string;
  readonly inject: () => Promise<unknown>;
  readonly named: RegExp;
  /** Repairs in the way that verify names, if it names one. `apply` runs apply on the output. */
  readonly mend: (apply: Apply) => Promise<unknown>;
}

const host = clusterNamed('host');
const member = clusterNamed('member');
const istio = '--namespace=istio-system';

async function applied(apply: Apply, options: readonly string[]): Promise<void> {
  const { status, stderr } = await apply(options);
  if (status !== 0) throw new Error(`apply ends with ${status}: ${stderr}`);
}

async function restart(deployment: string, namespace: string): Promise<void> {
  await kubectl(member, ['rollout', 'restart', `deployment/${deployment}`, `--namespace=${namespace}`]);
  await rolledOut(member, namespace, deployment);
}

const root = () =>
  kubectl(member, ['get', 'configmap/istio-ca-root-cert', istio, '--output=jsonpath={.data.root-cert\\.pem}']);

/** THE table of faults. */
export const faults: readonly Fault[] = [
  {
    name: 'a remote secret that is missing',
    inject: () => kubectl(host, ['delete', 'secret/istio-remote-secret-member', istio]),
    named: /remote secret: host has no Secret istio-system\/istio-remote-secret-member/,
    mend: (apply) => applied(apply, ['--from', '45-discovery']),
  },
  {
    name: 'a network label that somebody changed',
    inject: () =>
      kubectl(member, ['label', '--overwrite', `service/${GATEWAY}`, istio, 'topology.istio.io/network=elsewhere']),
    named:
      /network label: member: service\/istio-eastwestgateway has topology\.istio\.io\/network=elsewhere, expected network2/,
    mend: (apply) => applied(apply, ['--from', '30-gateways', '--force-conflicts']),
  },
  {
    name: 'a gateway whose address vanished',
    inject: async () => {
      await kubectl(member, ['patch', `service/${GATEWAY}`, istio, '--patch', '{"spec":{"type":"ClusterIP"}}']);
      await until('it has none', 30, async () => ((await findGatewayAddress(member)) === undefined ? true : undefined));
    },
    named: /gateway address: the gateway of member has none/,
    mend: async () => {
      await kubectl(member, ['patch', `service/${GATEWAY}`, istio, '--patch', '{"spec":{"type":"LoadBalancer"}}']);
      await gatewayAddress(member);
    },
  },
  {
    name: 'a gateway without pods',
    inject: async () => {
      // The autoscaler would restore the pods otherwise.
      await kubectl(member, ['delete', `horizontalpodautoscaler/${GATEWAY}`, istio]);
      await stopDeployment(member, 'istio-system', GATEWAY);
    },
    named: /gateway: no pod of the gateway of member is available/,
    mend: async (apply) => {
      await startDeployment(member, 'istio-system', GATEWAY);
      await applied(apply, ['--from', '30-gateways']);
      // The restored autoscaler wants two pods. Otherwise it would start the second one during the next fault, without a
      // webhook to give it an image.
      await kubectl(member, ['scale', `deployment/${GATEWAY}`, istio, '--replicas=2']);
      await rolledOut(member, 'istio-system', GATEWAY);
    },
  },
  {
    name: 'a missing webhook of Istio',
    inject: () =>
      kubectl(member, [
        'delete',
        'mutatingwebhookconfiguration/istio-sidecar-injector',
        'mutatingwebhookconfiguration/istio-revision-tag-default',
      ]),
    named: /sidecar: member has no webhook of Istio/,
    mend: (apply) => applied(apply, ['--from', '20-control-plane']),
  },
  {
    name: 'a service without ready pods',
    inject: () => stopDeployment(member, 'sample', 'helloworld-v2'),
    named: /helloworld\.sample\.svc\.cluster\.local is not called in member: sidecar: no pod of it is ready there/,
    mend: async () => {
      await kubectl(member, ['scale', 'deployment/helloworld-v2', '--namespace=sample', '--replicas=3']);
      await rolledOut(member, 'sample', 'helloworld-v2');
    },
  },
  {
    name: 'pods without a sidecar',
    inject: async () => {
      await kubectl(member, ['label', '--overwrite', 'namespace/sample', 'istio-injection=disabled']);
      await restart('helloworld-v2', 'sample');
    },
    named: /helloworld\.sample\.svc\.cluster\.local is not called in member: sidecar: its pods there have none/,
    mend: async () => {
      await kubectl(member, ['label', '--overwrite', 'namespace/sample', 'istio-injection=enabled']);
      await restart('helloworld-v2', 'sample');
    },
  },
  {
    name: 'a cluster with a root of its own',
    inject: async () => {
      await kubectl(member, ['delete', 'secret/cacerts', 'secret/istio-ca-secret', '--ignore-not-found', istio]);
      const former = await root();
      await restart('istiod', 'istio-system');
      // The former istiod writes it until it gives up its lease.
      await until('the new root is written', 90, async () => ((await root()) === former ? undefined : true));
    },
    named: /root: (host and member|member and host) trust different roots/,
    mend: async (apply) => {
      const former = await root();
      await applied(apply, ['--only', 'member']);
      await restart('istiod', 'istio-system');
      await until('the former root is written', 90, async () => ((await root()) === former ? undefined : true));
      for (const [name, namespace] of [
        [GATEWAY, 'istio-system'],
        ['helloworld-v2', 'sample'],
        ['client', 'sample'],
      ] as const)
        await restart(name, namespace);
    },
  },
];
