import { istioNamespace } from '../../domain/istio/namespaces.ts';
import type { Cluster, Federation } from '../../model/federation.ts';
import type { Gate } from '../steps/gate.ts';
import type { Step } from '../steps/step.ts';
import { type AppliedObject, type Condition, exists, hasCacerts, literally, rolledOut } from './condition.ts';
import type { EngineConditions } from './engine-conditions.ts';
import { gatewayName, hasGatewayAddress, hasIp } from './gateway-address.ts';
import { injects } from './injection.ts';

/** The facts from which the conditions of a step follow. */
export interface ConditionContext {
  readonly federation: Federation;
  readonly engine: EngineConditions;
  /** The objects that a step applies. */
  readonly objectsOf: (step: Step) => readonly AppliedObject[];
}

/** The conditions that must hold after a step: its gate, flattened. */
export function conditionsAfter(context: ConditionContext, step: Step): readonly Condition[] {
  // The engine's installation ends when the engine runs, so the step has no gate.
  if (step.action === 'install-engine') return context.engine.installed(step.target);
  return step.gate === null ? [] : conditionsOf[step.gate.kind](context, step, step.gate);
}

type ConditionsOf = (context: ConditionContext, step: Step, gate: Gate) => readonly Condition[];

/** THE table of conditions: how each gate is asked for, without any judgement. */
const conditionsOf: Readonly<Record<Gate['kind'], ConditionsOf>> = {
  'preflight-passed': () => [],
  'registration-ready': ({ engine }, step) =>
    step.action === 'join'
      ? engine.registered(step.target, step.joining.federationCluster, step.joining.apiServer).map(awaited)
      : [],
  'types-enabled': typesEnabled,
  'cacerts-present': cacertsPresent,
  propagated: ({ federation, engine, objectsOf }, step) =>
    objectsOf(step).flatMap((object) => engine.propagated(federation, step.target, object)),
  'istiod-available': (_, { target }) => [rolledOut(target, istioNamespace, 'istiod')],
  'gateway-address-known': gatewayAddressKnown,
  'injector-available': injectorAvailable,
  'registry-synced': registryRead,
  'registry-gone': registryRead,
  'rolled-out': ({ objectsOf }, step) =>
    objectsOf(step)
      .filter(({ group, kind }) => group === 'apps' && kind === 'Deployment')
      .map(({ namespace, name }) => rolledOut(step.target, namespace, name)),
  'endpoints-match': () => [],
};

const awaited = (condition: Condition): Condition => ({ ...condition, isAwaited: true });

function typesEnabled({ federation, engine, objectsOf }: ConditionContext, step: Step): readonly Condition[] {
  return objectsOf(step).flatMap((object) => [
    ...(object.kind === 'CustomResourceDefinition' ? [isEstablished(step, object)] : []),
    ...engine.typeEnabled(federation, step.target, object),
  ]);
}

function isEstablished({ target }: Step, { name }: AppliedObject): Condition {
  return {
    at: target,
    kind: 'customresourcedefinition.apiextensions.k8s.io',
    namespace: null,
    name,
    jsonpath: '{.status.conditions[?(@.type=="Established")].status}',
    match: 'some',
    pattern: 'True',
    isAwaited: true,
    fix: 'look at the conditions of the CustomResourceDefinition',
  };
}

// An engine delivers the Secret some time after its step. Without an engine it is there, or somebody has to create it.
function cacertsPresent({ federation }: ConditionContext, { target, brings }: Step): readonly Condition[] {
  const isCarried = brings.some((one) => one.brings === 'object' && one.kind === 'Secret' && one.isEverywhere);
  return isCarried ? federation.clusters.map(hasCacerts).map(awaited) : [hasCacerts(target)];
}

function gatewayAddressKnown({ federation }: ConditionContext, { target }: Step, gate: Gate): readonly Condition[] {
  const cluster = federation.clusters.find(({ name }) => name === target.name);
  if (cluster === undefined || gate.kind !== 'gateway-address-known') return [];
  return [
    ...(cluster.gateway === null
      ? []
      : [
          hasGatewayAddress(federation, cluster, cluster.gateway, gate.expected),
          ...(gate.expected.length > 0 ? [] : hasIp(federation, cluster, cluster.gateway)),
        ]),
    rolledOut(cluster, istioNamespace, gatewayName(federation)),
  ];
}

function injectorAvailable(_: ConditionContext, { target: at }: Step): readonly Condition[] {
  const webhook = 'mutatingwebhookconfiguration.admissionregistration.k8s.io';
  const fix = 'look at what the installer of Istio says';
  return [
    exists({ at, kind: webhook, namespace: null, name: 'istio-sidecar-injector' }, fix),
    exists({ at, kind: 'service', namespace: istioNamespace, name: 'istiod' }, fix),
  ];
}

// The istioctl of 1.7 cannot tell. A missing answer proves nothing, so `none` wants an answer, too.
function registryRead({ federation }: ConditionContext, step: Step): readonly Condition[] {
  if (federation.istio.dialect.name === '1.7') return [];
  if (step.action !== 'remote-secret' && step.action !== 'remote-secret-gone') return [];
  const isRead = step.action === 'remote-secret';
  const { name, istioCluster } = step.read;
  const line = literally(istioCluster);
  const isRemote = step.action === 'remote-secret' && step.isRemote;
  const remotes = isRemote ? federation.clusters.filter((one) => one.name === name) : [];
  return [
    {
      at: step.target,
      kind: 'remote-clusters',
      namespace: null,
      name: null,
      jsonpath: null,
      match: isRead ? 'some' : 'none',
      pattern: isRead ? `${line} +[^ ]+ +synced( .*)?` : `${line}( .*)?`,
      isAwaited: true,
      fix: isRead
        ? `istiod must reach the API server of ${name}: on loopback it cannot, so declare clusters[].apiServer`
        : `look at the Secrets of istio-system with the label istio/multiCluster=true: one of them is of ${name}`,
    },
    // The webhook trusts the injector once the primary has read the cluster, and not before.
    ...remotes.map(injects),
  ];
}

/** The clusters with a gateway whose address nobody knew at synth, and the questions for it. */
export function lateAddresses(federation: Federation): readonly (readonly [Cluster, Condition])[] {
  return federation.clusters.flatMap((cluster) => {
    const { gateway } = cluster;
    // Callers reach such a gateway at the nodes, whatever was declared for others.
    if (gateway === null || (gateway.type !== 'NodePort' && gateway.addresses.length > 0)) return [];
    const conditions = [hasGatewayAddress(federation, cluster, gateway, []), ...hasIp(federation, cluster, gateway)];
    return conditions.map((condition) => [cluster, condition] as const);
  });
}
