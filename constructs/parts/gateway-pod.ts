import {
  type Container,
  type EnvVar,
  type PodSpec,
  type PodTemplateSpec,
  Quantity,
} from 'cdk8s-plus-25/lib/imports/k8s';
import type { GatewaySpec } from '../domain/istio/gateway-spec.ts';

type Labels = Readonly<Record<string, string>>;

/** A pod of a gateway, as it is before the injector completes it. `selector`: the labels that no other pods have. */
export function gatewayPod(spec: GatewaySpec, selector: Labels): PodTemplateSpec {
  const { name, network, pullSecrets } = spec;
  return {
    metadata: {
      annotations: { 'inject.istio.io/templates': 'gateway' },
      labels: { ...selector, 'sidecar.istio.io/inject': 'true', 'topology.istio.io/network': network },
    },
    spec: {
      serviceAccountName: name,
      ...spread(selector),
      ...(pullSecrets.length === 0 ? {} : { imagePullSecrets: pullSecrets.map((secret) => ({ name: secret })) }),
      containers: [proxyOf(spec)],
    },
  };
}

function proxyOf({ requestedNetworkView }: GatewaySpec): Container {
  const env: EnvVar[] =
    requestedNetworkView === null ? [] : [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: requestedNetworkView }];
  return {
    name: 'istio-proxy',
    image: 'auto',
    ...(env.length === 0 ? {} : { env }),
    resources: {
      requests: { cpu: Quantity.fromString('100m'), memory: Quantity.fromString('128Mi') },
      limits: { cpu: Quantity.fromString('2'), memory: Quantity.fromString('1Gi') },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
    },
  };
}

// Over nodes by affinity, because the scheduler ignores every topologySpreadConstraint on nodes that lack the label of
// one: without zones, a constraint on hostnames would have no effect (kubernetes 1.34.4
// pkg/scheduler/framework/plugins/podtopologyspread/scoring.go, initPreScoreState).
function spread(selector: Labels): Pick<PodSpec, 'affinity' | 'topologySpreadConstraints'> {
  const labelSelector = { matchLabels: selector };
  return {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { labelSelector, topologyKey: 'kubernetes.io/hostname' } },
        ],
      },
    },
    topologySpreadConstraints: [
      {
        labelSelector,
        // Pods of an earlier revision, which an update is about to delete, do not count (Kubernetes 1.27 and newer).
        matchLabelKeys: ['pod-template-hash'],
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        // A zone that fails must not keep the gateway from starting elsewhere.
        whenUnsatisfiable: 'ScheduleAnyway',
      },
    ],
  };
}
