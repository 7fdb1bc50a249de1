# shellcheck shell=bash
# The links of the chain that belong to one service. They are checked only if an endpoint is missing.
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

# $1: a row.
check_service_links() {
  local serving=${row_serving[$1]} host=${row_host[$1]} client=${row_client[$1]}
  if [[ -z $(ready_pods "$serving" "$host") ]]; then
    note_problem "$client: $host is not called in $serving: sidecar: no pod of it is ready there" \
      "kubectl --context=$(printf '%q' "${context_of[$serving]}") --namespace=$(namespace_of "$host") get pods"
  elif [[ ${row_gateway[$1]} != - && -z $(pods_in_mesh "$serving" "$host") ]]; then
    note_problem "$client: $host is not called in $serving: sidecar: its pods there have none" \
      "label the namespace istio-injection=enabled, and restart the pods"
  elif [[ -n $(locality_rules "$1") && -n $(nodes_without_region "$serving") ]]; then
    note_problem "$client: $host is not called in $serving: locality: a DestinationRule chooses by it, and nodes there have no region" \
      'label the nodes with topology.kubernetes.io/region, and restart the pods'
  fi
}

# The ready pods of a service that have a sidecar.
pods_in_mesh() {
  ask "$1" --namespace="$(namespace_of "$2")" get pods --selector=security.istio.io/tlsMode=istio \
    --output='jsonpath={range .items[*]}{.status.podIP}{"\n"}{end}' | grep -xF -- "$(ready_pods "$1" "$2")"
}

locality_rules() {
  ask "${row_primary[$1]}" --namespace="$(namespace_of "${row_host[$1]}")" get destinationrules.networking.istio.io \
    --output='jsonpath={.items[*].spec.trafficPolicy.loadBalancer.localityLbSetting}' 2>/dev/null
}

nodes_without_region() {
  ask "$1" get nodes --selector='!topology.kubernetes.io/region' --output=name
}
