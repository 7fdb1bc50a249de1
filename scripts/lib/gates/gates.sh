# shellcheck shell=bash
# The gates of plan.tsv, each with the condition that it waits for.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

hold_gate() {
  local gate=${step_wait[$1]}
  [[ $gate != - ]] || return 0
  declare -F "gate_${gate//-/_}" >/dev/null || fail "this script does not know the gate $(printf '%q' "$gate")"
  "gate_${gate//-/_}" "$1"
}

rolled_out() { show kube "$1" --namespace="$2" rollout status "deployment/$3" --timeout="${timeout}s"; }

is_there() {
  wait_until "$1 has no $2" ask "$1" get "${@:2}" --output=name
}

gate_types_enabled() {
  local cluster=${step_cluster[$1]} engine=${step_engine[$1]} group kind namespace name
  while IFS=$'\t' read -r group kind namespace name; do
    if [[ $kind == CustomResourceDefinition ]]; then
      wait_until "$cluster does not serve $name" is_established "$cluster" "$name"
    fi
    if [[ $engine != - ]]; then of_engine "$engine" type_enabled "$cluster" "$group" "$kind" "$namespace" "$name"; fi
  done < <(objects_in "$cluster" "${step_wave[$1]}")
}

# Whether the API server serves a CRD. `kubectl wait` would give up on a CRD that has no conditions yet.
is_established() {
  ask "$1" get "customresourcedefinition/$2" --output='jsonpath={.status.conditions[?(@.type=="Established")].status}' | grep -x True
}

gate_cacerts_present() {
  if brings "$1" "$cacerts_everywhere"; then
    wait_for_cacerts
  elif ! ask "${step_cluster[$1]}" --namespace=istio-system get secret cacerts --output=name >/dev/null 2>&1; then
    fail "${step_cluster[$1]}: there is no Secret istio-system/cacerts" \
      'issue an intermediate CA for each cluster from one root, and name their directory: --cacerts DIRECTORY'
  fi
}

# Waits until the engine has delivered the Secret to every cluster.
wait_for_cacerts() {
  local cluster
  for cluster in "${!context_of[@]}"; do
    is_there "$cluster" secret/cacerts --namespace=istio-system
  done
}

gate_istiod_available() { rolled_out "${step_cluster[$1]}" istio-system istiod; }

gate_gateway_address_known() {
  local args cluster=${step_cluster[$1]} address service expected
  read_args "$1"
  wait_until "the gateway of $cluster has no address" gateway_address "$cluster"
  address=$(gateway_address "$cluster")
  if [[ -n ${args[*]:-} && " ${args[*]} " != *" $address "* ]]; then
    expected=${args[*]}
    fail "$cluster: the address of the gateway is $address, expected $expected" "correct clusters[].gateway.address of $cluster"
  fi
  service=$(gateway_service "$cluster")
  rolled_out "$cluster" istio-system "${service##*/}"
}

gate_injector_available() {
  is_there "${step_cluster[$1]}" mutatingwebhookconfiguration/istio-sidecar-injector
  is_there "${step_cluster[$1]}" service/istiod --namespace=istio-system
}

gate_registry_synced() {
  local args
  knows_registries || return 0
  read_args "$1"
  wait_until "istiod of ${step_cluster[$1]} does not read ${args[0]}" is_synced "${step_cluster[$1]}" "${args[1]}"
}

gate_registry_gone() {
  local args
  knows_registries || return 0
  read_args "$1"
  wait_until "istiod of ${step_cluster[$1]} still reads ${args[0]}" is_unread "${step_cluster[$1]}" "${args[1]}"
}

knows_registries() {
  if istioctl remote-clusters --help >/dev/null 2>&1; then return 0; fi
  say '  this istioctl cannot tell whether istiod reads the cluster'
  return 1
}

# Whether istiod answers and does not list the cluster. A missing answer proves nothing.
is_unread() {
  local answer
  answer=$(istioctl remote-clusters --context="${context_of[$1]}") || return 1
  if [[ -n $answer && $'\n'$answer != *$'\n'"$2 "* ]]; then echo yes; fi
}

is_synced() {
  local name _ status
  while read -r name _ status _; do
    if [[ $name == "$2" && $status == synced ]]; then echo yes; fi
  done < <(istioctl remote-clusters --context="${context_of[$1]}")
}

gate_registration_ready() { of_engine "${step_engine[$1]}" registration_ready "$1"; }

gate_propagated() {
  local cluster=${step_cluster[$1]} group kind namespace name
  while IFS=$'\t' read -r group kind namespace name; do
    of_engine "${step_engine[$1]}" propagated "$cluster" "$group" "$kind" "$namespace" "$name"
  done < <(objects_in "$cluster" "${step_wave[$1]}")
}

gate_rolled_out() {
  local cluster=${step_cluster[$1]} group kind namespace name
  while IFS=$'\t' read -r group kind namespace name; do
    if [[ $group == apps && $kind == Deployment ]]; then rolled_out "$cluster" "$namespace" "$name"; fi
  done < <(objects_in "$cluster" "${step_wave[$1]}")
}
