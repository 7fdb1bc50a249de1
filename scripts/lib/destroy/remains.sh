# shellcheck shell=bash
# The last deletions: objects that nobody else needs. The records say that they did not exist before.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

undo_remains() {
  local cluster
  for cluster in "${leaving[@]}"; do
    current_step="the last deletions on cluster $cluster"
    say "last  $cluster"
    if is_created "$cluster" "$istio_crds"; then remove_rest_of_istio "$cluster"; fi
    if is_created "$cluster" "$cacerts_secret"; then delete_at_once "$cluster" istio-system secret/cacerts; fi
    remove_created "$cluster" CustomResourceDefinition remove_crds
    remove_created "$cluster" Namespace remove_namespace
    delete_at_once "$cluster" kube-system "$(record_of)"
  done
  current_step=''
}

# $2: the kind; $3: the function that removes one object of it.
remove_created() {
  local row
  while IFS= read -r row; do
    if [[ $row == *$'\t'"$2"$'\t'* && $row != "$istio_crds" ]]; then "$3" "$1" "${row##*$'\t'}"; fi
  done <<<"${recorded_created[$1]}"
}

# The objects that istiod writes while it runs, and its CRDs. Another istiod in the cluster would need them.
remove_rest_of_istio() {
  local other written crds locks name
  other=$(ask "$1" get deployments --all-namespaces --selector=app=istiod --output=name)
  if [[ -n $other ]]; then
    say "  left on $1: Istio's CustomResourceDefinitions: another istiod uses them"
    return 0
  fi
  for name in istio-ca-root-cert istio-ca-crl; do
    delete_chosen "$1" configmaps --all-namespaces --field-selector="metadata.name=$name"
  done
  written=$(ask "$1" --namespace=istio-system get configmaps,leases.coordination.k8s.io --output=name)
  mapfile -t locks < <(grep -E "$locks_of_istiod" <<<"$written")
  delete_at_once "$1" istio-system "${locks[@]}"
  mapfile -t crds < <(istio_crds_of "$1")
  if ((${#crds[@]} > 0)); then remove_crds "$1" "${crds[@]}"; fi
}

# The locks by which istiod's replicas elect a leader (1.31, pilot/pkg/leaderelection).
readonly locks_of_istiod='/istio-((.*-)?(leader|election)|gateway-deployment|gateway-inferencepool|ip-autoallocate|node-untaint)(-default)?$'

# Deletes CRDs: all of them, or none if one of them still has objects. $1: the cluster; then the names of the CRDs.
remove_crds() {
  local cluster=$1 crd objects present=()
  shift
  for crd in "$@"; do
    if has_object "$cluster" "customresourcedefinition/$crd" -; then present+=("$crd"); fi
  done
  ((${#present[@]} > 0)) || return 0
  objects=$(IFS=,; ask "$cluster" get "${present[*]}" --all-namespaces --output=name)
  if [[ -n $objects ]]; then
    say "  left on $cluster: ${#present[@]} CustomResourceDefinitions; somebody else has objects of these kinds: ${objects//$'\n'/ }"
    return 0
  fi
  delete_at_once "$cluster" - "${present[@]/#/customresourcedefinition/}"
}

remove_namespace() {
  local others
  has_object "$1" "namespace/$2" - || return 0
  if changes; then
    others=$(others_in "$1" "$2")
    if [[ -n $others ]]; then
      say "  left on $1: namespace/$2; somebody else has objects in it: ${others//$'\n'/, }"
      return 0
    fi
  fi
  delete_at_once "$1" - "namespace/$2"
}

# The objects that a namespace would take along: those without an owner, except the ones that Kubernetes and istiod put into
# every namespace.
others_in() {
  local types found
  types=$(kube "$1" api-resources --namespaced --verbs=list,delete --output=name |
    grep -vE '^(events(\.events\.k8s\.io)?|endpoints|endpointslices\.discovery\.k8s\.io)$' | paste -sd , -) ||
    fail "$1 does not list all of its kinds, so it is unknown what else is in namespace $2" 'run this script again when all its APIs answer'
  found=$(ask "$1" --namespace="$2" get "$types" \
    --output='go-template={{range .items}}{{if not .metadata.ownerReferences}}{{.kind}} {{.metadata.name}}{{"\n"}}{{end}}{{end}}')
  grep -vE '^(ServiceAccount default|ConfigMap (kube-root-ca\.crt|istio-ca-(root-cert|crl))|Secret default-token-[a-z0-9]+)?$' <<<"$found" || true
}
