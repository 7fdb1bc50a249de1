import {
  IntOrString,
  KubeDeployment,
  KubeHorizontalPodAutoscalerV2,
  KubePodDisruptionBudget,
  KubeRole,
  KubeRoleBinding,
  KubeService,
  KubeServiceAccount,
  type ObjectMeta,
  type PodTemplateSpec,
  Quantity,
  type ServiceSpec,
} from 'cdk8s-plus-25/lib/imports/k8s';
import { Construct } from 'constructs';
import type { GatewayService, GatewaySpec } from '../domain/istio/gateway-spec.ts';

/**
 * A gateway as plain objects. They are the same for every installer, and applying them does not touch the control
 * plane. The injector fills in image, arguments and bootstrap, so it must run first: a pod created earlier keeps the
 * image `auto` and never starts (seen on 1.31; 1.31.0 manifests/charts/gateway/templates/deployment.yaml).
 */
export class InjectedGateway extends Construct {
  private readonly props: GatewaySpec;

  constructor(scope: Construct, id: string, props: GatewaySpec) {
    super(scope, id);
    this.props = props;
    this.defineIdentity();
    new KubeService(this, 'service', {
      metadata: this.serviceMetadata(),
      spec: toServiceSpec(props.service, this.selector),
    });
    new KubeDeployment(this, 'deployment', {
      metadata: this.metadata(),
      // No replicas: the autoscaler sets them.
      spec: { selector: { matchLabels: this.selector }, template: this.podTemplate() },
    });
    this.defineAvailability();
  }

  private get selector(): Record<string, string> {
    return { app: this.props.name, ...this.props.selector };
  }

  private metadata(): ObjectMeta {
    return { name: this.props.name, namespace: 'istio-system', labels: this.selector };
  }

  private serviceMetadata(): ObjectMeta {
    const { annotations, labels } = this.props.service;
    return { ...this.metadata(), labels: { ...this.selector, ...labels }, annotations: { ...annotations } };
  }

  private defineIdentity(): void {
    const { name } = this.props;
    new KubeServiceAccount(this, 'service-account', { metadata: this.metadata() });
    new KubeRole(this, 'role', {
      metadata: this.metadata(),
      // Certificates for servers that terminate TLS themselves.
      rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'watch', 'list'] }],
    });
    new KubeRoleBinding(this, 'role-binding', {
      metadata: this.metadata(),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: 'istio-system' }],
    });
  }

  private podTemplate(): PodTemplateSpec {
    const { name, network, requestedNetworkView, pullSecrets } = this.props;
    return {
      metadata: {
        annotations: { 'inject.istio.io/templates': 'gateway' },
        labels: { ...this.selector, 'sidecar.istio.io/inject': 'true', 'topology.istio.io/network': network },
      },
      spec: {
        serviceAccountName: name,
        ...(pullSecrets.length === 0 ? {} : { imagePullSecrets: pullSecrets.map((secret) => ({ name: secret })) }),
        containers: [
          {
            name: 'istio-proxy',
            image: 'auto',
            ...(requestedNetworkView === null
              ? {}
              : { env: [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: requestedNetworkView }] }),
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
          },
        ],
      },
    };
  }

  // Two pods, so that a node can be drained: the gateway is the only way into its network.
  private defineAvailability(): void {
    const { name } = this.props;
    new KubeHorizontalPodAutoscalerV2(this, 'autoscaler', {
      metadata: this.metadata(),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: 2,
        maxReplicas: 5,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
        ],
      },
    });
    new KubePodDisruptionBudget(this, 'disruption-budget', {
      metadata: this.metadata(),
      spec: { minAvailable: IntOrString.fromNumber(1), selector: { matchLabels: this.selector } },
    });
  }
}

function toServiceSpec(service: GatewayService, selector: Record<string, string>): ServiceSpec {
  const { type, ports, externalIps, loadBalancerIp, sourceRanges, ipFamilies } = service;
  return {
    type,
    selector,
    ports: ports.map(({ name, port, targetPort }) => ({
      name,
      port,
      protocol: 'TCP',
      targetPort: IntOrString.fromNumber(targetPort),
    })),
    ...(externalIps.length === 0 ? {} : { externalIPs: [...externalIps] }),
    ...(loadBalancerIp === null ? {} : { loadBalancerIp }),
    ...(sourceRanges.length === 0 ? {} : { loadBalancerSourceRanges: [...sourceRanges] }),
    ...(ipFamilies.length === 0
      ? {}
      : { ipFamilies: [...ipFamilies], ipFamilyPolicy: ipFamilies.length > 1 ? 'RequireDualStack' : 'SingleStack' }),
  };
}
