import type { EngineFacts } from '../../model/engine.ts';
import type { Finding } from '../../model/problems/finding.ts';
import { declaredControlPlanes, isPrimary } from '../../model/resolution/declared-control-planes.ts';
import { type Evidence, istioReleaseOf } from '../../model/rules/evidence.ts';
import type { TrustModel } from '../../model/trust.ts';

const name = 'federated-secret';
const path = ['trust', 'cacerts'];

function cacertsFitTheTopology(evidence: Evidence): readonly Finding[] {
  const { declaration } = evidence;
  const isAnnotated = declaredControlPlanes(declaration).some(
    (plane) => !isPrimary(plane) && plane.injector === 'primary',
  );
  const carriesKey = evidence.engine === null || evidence.engine.facts.carriedKeyIsReadBy !== null;
  if (!carriesKey || istioReleaseOf(evidence)?.dialect.name !== 'current' || !isAnnotated) return [];
  return [
    {
      path,
      got: name,
      expected: `istio-system created in each cluster by the plan: ${titlesOf(carriersIn(evidence))} would drop the annotation that names the primary of a remote`,
      fix: `use cacerts: ${othersIn(evidence).join(' or ')}, or topology: multi-primary`,
    },
  ];
}

function cacertsHaveAnEngine(evidence: Evidence): readonly Finding[] {
  const { engine } = evidence;
  if (engine === null || engine.facts.carriedKeyIsReadBy !== null) return [];
  const carriers = carriersIn(evidence);
  const others = othersIn(evidence).join(' or ');
  return [
    {
      path,
      got: name,
      expected: `${others}, or an engine that carries the Secret: ${titlesOf(carriers)}`,
      fix: `use cacerts: ${others}, or engine: ${carriers.map((carrier) => carrier.name).join(' or ')}`,
    },
  ];
}

function caKeyIsFederated(evidence: Evidence): readonly Finding[] {
  const readBy = evidence.engine?.facts.carriedKeyIsReadBy ?? 'everyone who can read them has the key';
  return [
    {
      path,
      got: name,
      expected: `a CA key outside Federated objects: ${readBy}`,
      fix: `use cacerts: ${othersIn(evidence).join(' or ')}, with an intermediate per cluster`,
    },
  ];
}

// The engines that can carry the Secret.
const carriersIn = ({ slices }: Evidence): readonly EngineFacts[] =>
  slices.engines.map(({ facts }) => facts).filter(({ carriedKeyIsReadBy }) => carriedKeyIsReadBy !== null);

const titlesOf = (engines: readonly EngineFacts[]): string => engines.map(({ title }) => title).join(' or ');

// The backends that need no engine.
const othersIn = ({ slices }: Evidence): readonly string[] =>
  slices.trusts.flatMap(({ facts }) => (facts.isCarried ? [] : [facts.name]));

/** The engine carries the Secret of the host to every cluster, as in the tutorial. */
export const federatedSecretModel: TrustModel = {
  facts: { name, isCarried: true },
  errorRules: { cacertsFitTheTopology, cacertsHaveAnEngine },
  warningRules: { caKeyIsFederated },
};
