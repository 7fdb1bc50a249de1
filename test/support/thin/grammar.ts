import { type Grammar, makeGrammar } from '../fuzz/make-grammar.ts';

const words = {
  seconds: '[1-9]\\d{0,4}',
  number: '[1-9]\\d{0,4}',
  label: '[a-z0-9-]+',
  host: '[a-z0-9][a-z0-9.-]*',
  // A cell of a table, which may be anything but an option, a way out of the directory, or what a terminal obeys.
  cell: '[A-Za-z0-9][A-Za-z0-9[\\]_.:/@=*,+%~-]*',
  // A question may have blanks, too. It is the value of an option, and no program but kubectl reads it.
  question: '[^\\0-\\x1f\\x7f]*',
  value: '[A-Za-z0-9_.]+=[A-Za-z0-9.:-]{1,253}',
  path: '/[^\\0\\n]*/out put/[A-Za-z0-9][A-Za-z0-9[\\]_.:/@=*,+%~-]*',
  calls:
    'n=0 failed=0\\nwhile \\[ "\\$n" -lt "\\$1" \\] && \\[ "\\$failed" -lt 5 \\]; do\\n  answer=\\$\\(curl --silent[^`]*\\ndone',
};

const together = {
  ASKED: '--context=<context> --request-timeout=30s',
  CHANGED: '--context=<context> --request-timeout=60s',
};

// THE grammar: every call that the scripts may make, in the form of `../fuzz/make-grammar.ts`.
const rules = [
  'istioctl version --remote=false --short',
  'istioctl create-remote-secret --help',
  'kubectl ASKED config view --minify --output=jsonpath={.clusters[0].cluster.server}',
  'kubectl ASKED get <cell> --output=jsonpath=<question> --namespace=<cell>? --selector=<question>?',
  'kubectl ASKED get --namespace=kube-system lease.coordination.k8s.io/mesh-federation --output=jsonpath=<question>',
  'kubectl ASKED run istio-proxy --output=jsonpath=<question> --namespace=<cell>? --selector=<question>? --image=auto --labels=sidecar.istio.io/inject=true --annotations=inject.istio.io/templates=gateway --dry-run=server',
  'istioctl remote-clusters --context=<context>',
  'kubectl CHANGED create --filename=-',
  'kubectl CHANGED apply --server-side --field-manager=mesh-federation --filename=-',
  'kubectl CHANGED apply --server-side --field-manager=mesh-federation --kustomize=<path> --dry-run=server?',
  'kubectl CHANGED delete --namespace=kube-system lease.coordination.k8s.io/mesh-federation',
  'kubectl CHANGED delete secret/istio-remote-secret-<cell> --namespace=istio-system --ignore-not-found',
  'istioctl install --context=<context> --filename=- --skip-confirmation --readiness-timeout=<seconds>s [ --set <value> ]*',
  'istioctl x? create-remote-secret --context=<context> --name=<cell> --server=<cell>?',
  'helm upgrade --install <cell> <cell> --repo=<cell>? --version=<cell> --namespace=<cell> --kube-context=<context> --values=- --timeout=<seconds>s [ --set <value> ]*',
  // verify.sh
  'kubectl ASKED get namespace kube-system --output=jsonpath={.metadata.uid}',
  'kubectl ASKED get (service/<cell>|node) --namespace=<cell>? --output=jsonpath=<question>',
  'kubectl ASKED --namespace=<label> get endpointslices.discovery.k8s.io --output=jsonpath=<question> --selector=kubernetes.io/service-name=<label>',
  'kubectl ASKED --namespace=<label> get pods --selector=security.istio.io/tlsMode=istio --field-selector=status.phase=Running --output=jsonpath=<question>',
  'kubectl ASKED --namespace=<label> exec <host> --container=istio-proxy -- pilot-agent request GET clusters',
  'kubectl ASKED --request-timeout=<seconds>s --namespace=<label> exec <host> -- sh -c command\u00a0-v\u00a0curl',
  'kubectl ASKED --request-timeout=<seconds>s --namespace=<label> exec <host> -- sh -c <calls> sh <number> http://<host>:<number>/',
];

/** The grammar of the scripts for the contexts of a plan. */
export const thinGrammarFor = (contexts: readonly string[]): Grammar =>
  makeGrammar({ rules, together, words }, contexts);
