import type { Finding } from '../../problems/finding.ts';
import { identityOf } from '../clusters/clusters.ts';
import { clustersOf, type Evidence } from '../evidence.ts';

function engineVersionFitsTheEngine(evidence: Evidence): readonly Finding[] {
  const { engine } = evidence;
  const { federation = {} } = evidence.declaration;
  const hasVersion = 'version' in federation;
  if (engine === null || (engine.recommendedVersion !== null) === hasVersion) return [];
  const { title, name } = engine.facts;
  return [
    {
      path: hasVersion ? ['federation', 'version'] : ['federation'],
      got: federation.version,
      expected: hasVersion ? `no version with engine: ${name}` : `the version of ${title}`,
      fix: hasVersion ? 'remove it' : `add version: ${engine.recommendedVersion}`,
    },
  ];
}

function engineContextFitsTheEngine(evidence: Evidence): readonly Finding[] {
  const { engine } = evidence;
  const { federation = {} } = evidence.declaration;
  const hasContext = 'kubeContext' in federation;
  if (engine === null || (engine.exampleContext !== null) === hasContext) return [];
  const { title, name } = engine.facts;
  return [
    {
      path: hasContext ? ['federation', 'kubeContext'] : ['federation'],
      got: federation.kubeContext,
      expected: hasContext
        ? `no kubeContext with engine: ${name}: it has no API server of its own`
        : `kubeContext: the context of ${title}'s own API server, which is not one of the clusters`,
      fix: hasContext ? 'remove it' : `add kubeContext: ${engine.exampleContext}, or the name of yours`,
    },
  ];
}

function engineContextIsNoClusters(evidence: Evidence): readonly Finding[] {
  const kubeContext = evidence.declaration.federation?.kubeContext;
  const cluster = clustersOf(evidence).find(
    (draft) => kubeContext !== undefined && identityOf(draft, 'kubeContext') === kubeContext,
  );
  // Without an API server of its own, another rule refuses the context.
  if (cluster === undefined || evidence.engine?.exampleContext === null) return [];
  const api = `${evidence.engine?.facts.title ?? 'the engine'}'s API server`;
  return [
    {
      path: ['federation', 'kubeContext'],
      got: kubeContext,
      expected: `a context other than that of ${cluster.cluster.name ?? 'a cluster'}: ${api} runs no workloads`,
      fix: `name the context of ${api}`,
    },
  ];
}

/** Rules about the settings of an engine. */
export const engineChoiceRules = { engineVersionFitsTheEngine, engineContextFitsTheEngine, engineContextIsNoClusters };
