# shellcheck shell=bash
# The chain from a caller's proxy to the pods of another cluster. The first broken link explains the rest.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

check_links() {
  local row pair
  declare -A is_checked=()
  for row in "${!row_client[@]}"; do
    pair="${row_client[row]} ${row_serving[row]}"
    if [[ -z ${is_checked[$pair]:-} ]] && ! check_pair "$row"; then is_broken[$pair]=true; fi
    is_checked[$pair]=true
  done
}

check_pair() {
  local client=${row_client[$1]} serving=${row_serving[$1]} gateway=${row_gateway[$1]}
  holds remote_secret "${row_primary[$1]}" "$serving" || return 1
  if [[ $gateway != - ]]; then
    holds network_label "$serving" "$gateway" "${row_network[$1]}" || return 1
    holds gateway_address "$gateway" "${row_endpoint[$1]}" || return 1
    holds gateway_pods "$gateway" || return 1
  fi
  if [[ $client != "$serving" ]]; then holds root "$client" "$serving" || return 1; fi
  holds injector "$serving"
}

# Each link is checked once and reported once.
holds() {
  if [[ -z ${link_state[$*]:-} ]]; then
    if "link_$1" "${@:2}"; then link_state[$*]=whole; else link_state[$*]=broken; fi
  fi
  [[ ${link_state[$*]} == whole ]]
}

# $1: the cluster whose istiod reads; $2: the cluster that it reads.
link_remote_secret() {
  local step args id=''
  for step in "${!step_action[@]}"; do
    if [[ ${step_action[step]} != remote-secret || ${step_cluster[step]} != "$1" ]]; then continue; fi
    read_args "$step"
    if [[ ${args[0]} == "$2" ]]; then id=${args[1]}; fi
  done
  [[ -n $id ]] || return 0
  if ! ask "$1" --namespace=istio-system get "secret/istio-remote-secret-$id" --output=name >/dev/null 2>&1; then
    note_problem "remote secret: $1 has no Secret istio-system/istio-remote-secret-$id, so its istiod does not know the pods of $2" \
      'run ./apply.sh --from 45-discovery'
    return 1
  fi
  if ! istioctl remote-clusters --help >/dev/null 2>&1 || [[ $(is_synced "$1" "$id") == yes ]]; then return 0; fi
  note_problem "remote secret: istiod of $1 does not read $2: see istioctl remote-clusters --context=$(printf '%q' "${context_of[$1]}")" \
    "renew its credentials with ./apply.sh --from 45-discovery, and check that $1 reaches the API server of $2"
  return 1
}

# $1: the cluster of the pods; $2: the cluster of the gateway; $3: their network. Istio 1.7 has no network labels.
link_network_label() {
  local label='jsonpath={.metadata.labels.topology\.istio\.io/network}' actual resource cluster
  is_own_gateway "$2" || return 0
  for resource in "$1 namespace/istio-system" "$2 service/istio-eastwestgateway"; do
    cluster=${resource%% *} resource=${resource#* }
    actual=$(ask "$cluster" --namespace=istio-system get "$resource" --output="$label" 2>/dev/null) || actual=''
    if [[ $actual != "$3" ]]; then
      note_problem "network label: $cluster: $resource has topology.istio.io/network=$(printf '%q' "$actual"), expected $3" \
        'run ./apply.sh --force-conflicts to restore the label'
      return 1
    fi
  done
}

is_own_gateway() {
  awk -F '\t' -v cluster="$1" '$1 == cluster && $4 == "Service" && $6 == "istio-eastwestgateway" { found = 1 } END { exit !found }' \
    "$here/objects.tsv"
}

# $2: the address in gateways.tsv, which may be unknown: gateway-address:CLUSTER:PORT.
link_gateway_address() {
  local current
  current=$(gateway_endpoints "$1" "${2##*:}")
  if [[ -z $current ]]; then
    note_problem "gateway address: the gateway of $1 has none" \
      'give its Service an address; until istiod restarts, it uses the former one, then the addresses of pods, which lead nowhere'
    return 1
  fi
  if [[ $2 == gateway-address:* ]] || grep -qxF -- "$2" <<<"$current"; then return 0; fi
  note_problem "gateway address: the gateway of $1 is at ${current//$'\n'/, }, expected $2" \
    "correct clusters[].gateway.address of $1, or run mesh-federation discover again; then synth and apply"
  return 1
}

link_gateway_pods() {
  local service available
  service=$(gateway_service "$1")
  available=$(ask "$1" --namespace=istio-system get "deployment/${service##*/}" --output='jsonpath={.status.availableReplicas}' 2>/dev/null) ||
    available=''
  if [[ ${available:-0} -gt 0 ]]; then return 0; fi
  note_problem "gateway: no pod of the gateway of $1 is available" "check Deployment istio-system/${service##*/} of $1"
  return 1
}

link_root() {
  local cluster root first=''
  for cluster in "$@"; do
    root=$(ask "$cluster" --namespace=istio-system get configmap/istio-ca-root-cert --output='jsonpath={.data.root-cert\.pem}' 2>/dev/null) || root=''
    if [[ -z $root ]]; then
      note_problem "root: $cluster has no ConfigMap istio-system/istio-ca-root-cert" "no istiod has given it a root: check that the istiod of its primary runs and reads $cluster"
      return 1
    fi
    if [[ -n $first && $root != "$first" ]]; then
      note_problem "root: $1 and $cluster trust different roots, so each refuses the other's calls" \
        'create Secret istio-system/cacerts of both from one root, and restart istiod and the workloads'
      return 1
    fi
    first=$root
  done
}

link_injector() {
  if ! injector_is_missing "$1"; then return 0; fi
  note_problem "sidecar: $1 has no webhook of Istio, so new pods get no sidecar" 'run ./apply.sh: the step of its control plane installs the webhook again'
  return 1
}
