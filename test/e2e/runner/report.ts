import { rowNamed, substitutes, versionOf } from '../build/chosen.ts';
import { program } from '../build/go.ts';
import { KUBECONFIG } from '../clusters/up.ts';
import { CLUSTERS } from '../tables/clusters.ts';
import { ENVOY } from '../tables/packages.ts';
import type { Outcome } from './suites.ts';

/** A line per suite: its result, its time and its time limit, and the versions that it actually ran. */
export function report(outcomes: readonly Outcome[]): string {
  const lines = outcomes.map(({ suite, passed, seconds, versions }) => {
    const late = seconds > suite.minutes * 60 ? '  OVER BUDGET' : '';
    const time = `${String(seconds).padStart(4)} s of ${String(Math.round(suite.minutes * 60)).padStart(3)} s${late}`;
    return `${passed ? 'passed' : 'FAILED'}  ${suite.name.padEnd(23)} ${time}  ${versions.join(', ')}`.trimEnd();
  });
  return `\n${[...lines, ...serversOf(outcomes), ...fallbacks()].join('\n')}\n`;
}

// Only the servers of existing clusters know their versions.
function serversOf(outcomes: readonly Outcome[]): string[] {
  const isOnOurs = outcomes.some(({ suite, isOnExisting }) => !isOnExisting && suite.clusters.length > 0);
  return isOnOurs ? [`clusters: Kubernetes ${versionOf('kubernetes')}; proxies: Envoy ${ENVOY.version}`] : [];
}

function fallbacks(): string[] {
  return Object.entries(substitutes()).map(
    ([name, row]) =>
      `FELL BACK: ${name} is ${row}, ${rowNamed(row).version}; a commit of its own pins is not served any more`,
  );
}

/** Commands to try while clusters are kept. */
export function whatToTry(names: readonly string[]): string {
  const kubectl = program('kubernetes', 'kubectl');
  const [first = CLUSTERS[0]?.name] = names;
  return `
The clusters stay up: ${names.join(', ')}. In a shell:

  export KUBECONFIG=${KUBECONFIG}
  export PATH=${kubectl.replace(/\/kubectl$/, '')}:${program('istio', 'istioctl').replace(/\/istioctl$/, '')}:$PATH
  kubectl --context ${first} get pods --all-namespaces --output wide
  npm run e2e -- --existing --only smoke-mesh       # run a suite again, on these clusters
  npm run e2e:down                                  # remove everything
`;
}
