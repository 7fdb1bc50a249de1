import { istioNamespace } from '../../domain/istio/namespaces.ts';
import type { Target } from '../../model/federation.ts';
import type { Condition } from './condition.ts';

/**
 * A pod that the injector must complete, as it does those of gateways: nothing but its name, its image and its label. Istio's
 * namespace accepts it under every level of pod security that it accepts gateways under.
 */
export const triedPod = {
  namespace: istioNamespace,
  /** Also the name of its only container, as `kubectl run` has it. */
  name: 'istio-proxy',
  image: 'auto',
  label: 'sidecar.istio.io/inject=true',
  annotation: 'inject.istio.io/templates=gateway',
} as const;

/** What to do about a cluster whose pods get no proxies. */
export const fixOfInjection =
  'its API server must reach the injector: port 15017 of the gateway of its primary, or the local istiod; if it finds no ' +
  'endpoints of istiod, run mesh-federation discover, synth and apply, so that Endpoints istiod is applied, too';

/** Holds once a pod gets its proxy: the server creates it in a dry run, and the injector replaces its image. */
export function injects(at: Target): Condition {
  return {
    at,
    kind: 'injection',
    namespace: triedPod.namespace,
    name: null,
    jsonpath: '{.spec.containers[?(@.name=="istio-proxy")].image}',
    match: 'some',
    pattern: '.*/.*',
    isAwaited: true,
    fix: fixOfInjection,
  };
}
