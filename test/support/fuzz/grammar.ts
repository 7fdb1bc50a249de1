import { type Grammar, makeGrammar } from './make-grammar.ts';

/** Words of the grammar that stand for many. A rule writes them in angle brackets. */
const words: Readonly<Record<string, string>> = {
  seconds: '[1-9]\\d{0,5}(\\.\\d{1,20})?',
  number: '[1-9]\\d{0,4}',
  // Labels and subdomains of DNS.
  label: '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?',
  host: '[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?',
  // Names of RBAC have colons and capitals. None is an option, a path, or something that a shell or a terminal obeys.
  name: '[A-Za-z0-9][A-Za-z0-9._:-]{0,252}',
  // A kind that a question names by itself, and kinds that the server has told: plurals with their groups.
  kind: [
    '(namespaces?|configmaps?|secrets?|services?|pods|nodes|serviceaccounts,services',
    '|deployment|deployments\\.apps|lease\\.coordination\\.k8s\\.io|configmaps,leases\\.coordination\\.k8s\\.io',
    '|endpointslices\\.discovery\\.k8s\\.io|destinationrules\\.networking\\.istio\\.io|clusters\\.cluster\\.karmada\\.io',
    '|kubefedclusters\\.core\\.kubefed\\.io|federatedtypeconfigs\\.core\\.kubefed\\.io',
    '|customresourcedefinitions\\.apiextensions\\.k8s\\.io|mutatingwebhookconfigurations?(\\.admissionregistration\\.k8s\\.io)?',
    '|clusterroles,clusterrolebindings,validatingwebhookconfigurations,mutatingwebhookconfigurations)',
  ].join(''),
  kinds: '[a-z0-9-]{1,63}(\\.[a-z0-9.-]{1,253})?(,[a-z0-9-]{1,63}(\\.[a-z0-9.-]{1,253})?){0,5000}',
  selector: [
    '(app\\.kubernetes\\.io/managed-by=mesh-federation|app=istiod|app=istiod,istio\\.io/rev=default|istio/multiCluster=true',
    '|security\\.istio\\.io/tlsMode=istio|install\\.operator\\.istio\\.io/owning-resource=installed-state',
    '|!topology\\.kubernetes\\.io/region|kubernetes\\.io/service-name in \\([a-z0-9-]+(,[a-z0-9-]+)*\\))',
  ].join(''),
  right: '(\\*|[a-z]{1,20})',
  resource: '(\\*|[a-z0-9-]{1,63}(\\.[a-z0-9.-]{1,253})?)',
  // One object by its path: none of Kubernetes' own namespaces, and nothing in kube-system but what is ours.
  object: [
    '(/api/v1|/apis/[a-z0-9.-]{1,253}/[a-z0-9-]{1,63})',
    '/(?!namespaces/(default|kube-public|kube-node-lease|kube-system)(\\0|/$))(?!namespaces/kube-system/)',
    '(namespaces/[a-z0-9-]{1,63}/)?[a-z0-9-]{1,63}/(?!\\.{1,2}\\0)[A-Za-z0-9._:-]{1,253}',
  ].join(''),
  own: [
    '(/apis/coordination\\.k8s\\.io/v1/namespaces/kube-system/leases/mesh-federation',
    '|/api/v1/namespaces/kube-system/configmaps/mesh-federation-[a-z0-9-]{1,130}',
    // Of KubeFed's chart, which this command has installed.
    '|/apis/rbac\\.authorization\\.k8s\\.io/v1/namespaces/kube-system/rolebindings/kubefed-admission-webhook:apiextension-viewer)',
  ].join(''),
  question: '(/version|/api/v1/configmaps\\?fieldSelector=metadata\\.name%3Distio-ca-(root-cert|crl))',
  version: '\\d{1,6}\\.\\d{1,6}\\.\\d{1,6}([.+-][A-Za-z0-9.+-]{1,60})?',
  repository: 'https?://[A-Za-z0-9[][A-Za-z0-9._~%:/[\\]-]{0,500}',
  registry: '[A-Za-z0-9[][A-Za-z0-9._~%:/[\\]-]{0,500}',
  server: 'https?://[A-Za-z0-9.:[\\]-]{1,260}(/[A-Za-z0-9._~/-]{0,250})?',
  value: '[A-Za-z][A-Za-z0-9_]{0,99}(\\.[A-Za-z][A-Za-z0-9_]{0,99}){0,9}=[A-Za-z0-9][A-Za-z0-9.:/_-]{0,300}',
  image: '[A-Za-z][A-Za-z.]{0,99}(\\[\\d{1,2}\\]\\.[a-z]{1,20})?=[A-Za-z0-9][A-Za-z0-9._:/@-]{0,499}',
  path: '/[!-~]*',
  calls: [
    'n=0 failed=0\\n',
    'while \\[ "\\$n" -lt "\\$1" \\] && \\[ "\\$failed" -lt 5 \\]; do\\n',
    '  status=\\$\\(curl --silent --output /dev/null --max-time 5 --write-out "%\\{http_code\\}" "\\$2"\\) \\|\\| status=000\\n',
    '  case \\$status in 000 \\| 502 \\| 503 \\| 504\\) failed=\\$\\(\\(failed \\+ 1\\)\\) ;; \\*\\) failed=0 ;; esac\\n',
    '  echo "\\$status" && n=\\$\\(\\(n \\+ 1\\)\\)\\n',
    'done',
  ].join(''),
};

/** Words that come together in several rules. */
const together: Readonly<Record<string, string>> = {
  AT: '--context=<context> --request-timeout=<seconds>s',
  LATE: '[ --set <value> ]*',
  CHART: '(<label>|oci://<registry>/<label>) --repo=<repository>? --version=<version>',
  RELEASE: '--namespace=<label> --kube-context=<context>',
  CONTEXTS: '--cluster-context=<context> --host-cluster-context=<context> --host-cluster-name=<label>',
};

// THE grammar: every call that the commands may make. `?` after a word: it may be missing. `[ ... ]*`: these words may come
// any number of times. A non-breaking blank stands for one inside of a word.
const rules = [
  // Programs, asked about themselves.
  'kubectl version --client --output=json',
  'kubectl config view --output=json',
  'istioctl version --remote=false --short',
  'istioctl (create-remote-secret|remote-clusters|uninstall) --help',
  'helm version --short',
  'kubefedctl version',
  // Questions to one cluster.
  'kubectl AT config view --minify --output=json',
  'kubectl AT api-resources --no-headers --output=wide --cached=false',
  'kubectl AT auth can-i (--all-namespaces|--namespace=<label>) -- <right> <resource>',
  'kubectl AT get --raw=<question>',
  'kubectl AT get --filename=- --output=json --ignore-not-found --show-managed-fields',
  'kubectl AT get --all-namespaces? --namespace=<label>? --selector=<selector>? --output=(json|name) --ignore-not-found -- <kind> <name>?',
  'kubectl AT get (--all-namespaces|--namespace=<label>) --output=json --ignore-not-found -- <kinds> <name>?',
  'kubectl AT get --namespace=istio-system --output=go-template={{with\u00a0index\u00a0.data\u00a0"root-cert.pem"}}{{printf\u00a0"%q"\u00a0.}}{{end}} --ignore-not-found -- secret cacerts',
  'kubectl AT diff --server-side --field-manager=mesh-federation --force-conflicts? --filename=-',
  'kubectl AT run istio-proxy --namespace=istio-system --image=auto --labels=sidecar.istio.io/inject=true --annotations=inject.istio.io/templates=gateway --dry-run=server --output=json',
  'istioctl remote-clusters --context=<context>',
  // Programs in pods, which change nothing.
  'kubectl AT exec --namespace=istio-system --container=discovery pod/<host> -- pilot-discovery request GET /debug/clusterz',
  'kubectl AT exec --namespace=<label> --container=istio-proxy pod/<host> -- pilot-agent request GET clusters',
  'kubectl AT exec --namespace=<label> pod/<host> -- sh -c command\u00a0-v\u00a0curl',
  'kubectl AT exec --namespace=<label> pod/<host> -- sh -c <calls> sh <number> http://<host>:<number><path>',
  // Changes of one cluster. What is changed stands in the input.
  'kubectl AT apply --server-side --field-manager=mesh-federation --force-conflicts? --dry-run=server? --validate=ignore? --filename=-',
  'kubectl AT (create|replace) --filename=- --output=json --field-manager=mesh-federation',
  'kubectl AT rollout restart --namespace=<label> -- deployment/<host>',
  'kubectl AT delete --raw=(<object>|<own>) --filename=-',
  'istioctl install --context=<context> --filename=- --skip-confirmation --readiness-timeout=<seconds>s LATE',
  'istioctl x? create-remote-secret --context=<context> --name=<label> --server=<server>?',
  'istioctl x? uninstall --context=<context> --filename=- --skip-confirmation',
  'helm upgrade --install <label> CHART RELEASE --values=- --timeout=<seconds>s LATE',
  'helm status <label> RELEASE --output=json',
  'helm uninstall <label> --wait RELEASE --timeout=<seconds>s',
  'helm uninstall <label> RELEASE --ignore-not-found --wait --timeout=<seconds>s',
  'helm rollback <label> RELEASE --timeout=<seconds>s',
  'helm show crds CHART',
  'helm template <label> CHART --namespace=<label> [ --set-string <image> ]* --no-hooks',
  'kubefedctl join <label> CONTEXTS --secret-name=<label>.credentials --error-on-existing=false',
  'kubefedctl unjoin <label> CONTEXTS',
];

/** The grammar for the contexts of a plan. A call to any other context is none of it. */
export const grammarFor = (contexts: readonly string[]): Grammar => makeGrammar({ rules, together, words }, contexts);
