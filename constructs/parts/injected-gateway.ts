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
  type ServiceSpec,
} from 'cdk8s-plus-25/lib/imports/k8s';
import { Construct } from 'constructs';
import type { GatewayService, GatewaySpec } from '../domain/istio/gateway-spec.ts';
import { gatewayPod } from './gateway-pod.ts';

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
      spec: { selector: { matchLabels: this.selector }, template: gatewayPod(this.props, this.selector) },
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
