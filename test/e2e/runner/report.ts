import { program } from '../build/go.ts';
import { KUBECONFIG } from '../clusters/up.ts';
import { CLUSTERS } from '../tables/clusters.ts';
import type { Outcome } from './suites.ts';

/** One line per suite: how it went, how long it took and was allowed to take. */
export function report(outcomes: readonly Outcome[]): string {
  const lines = outcomes.map(({ suite, passed, seconds }) => {
    const late = seconds > suite.minutes * 60 ? '  OVER BUDGET' : '';
    return `${passed ? 'passed' : 'FAILED'}  ${suite.name.padEnd(23)} ${String(seconds).padStart(4)} s of ${suite.minutes * 60} s${late}`;
  });
  return `\n${lines.join('\n')}\n`;
}

/** What to type while clusters are kept. */
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
