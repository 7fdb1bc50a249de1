# shellcheck shell=bash
# The gateways through which other networks reach a cluster.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# The Service of a cluster's gateway: of our own gateway, or of istioctl's on Istio 1.7.
gateway_service() {
  local name found
  for name in istio-eastwestgateway istio-ingressgateway; do
    found=$(ask "$1" --namespace=istio-system get "service/$name" --ignore-not-found --output=name) || return
    if [[ -n $found ]]; then
      printf '%s' "$found"
      return 0
    fi
  done
}

# The addresses of a cluster's gateway, with blanks between them; nothing while it has none.
gateway_addresses() {
  local service wanted
  service=$(gateway_service "$1") || return
  [[ -n $service ]] || return 0
  case $(ask "$1" --namespace=istio-system get "$service" --output='jsonpath={.spec.type}') in
    NodePort)
      node_addresses "$1"
      return
      ;;
    ClusterIP) wanted='{.spec.externalIPs[*]}' ;;
    *) wanted='{.status.loadBalancer.ingress[*].ip} {.status.loadBalancer.ingress[*].hostname}' ;;
  esac
  ask "$1" --namespace=istio-system get "$service" --output="jsonpath=$wanted"
}

# The addresses of all nodes: the external ones, or the internal ones if there are none.
node_addresses() {
  local type addresses
  for type in ExternalIP InternalIP; do
    addresses=$(ask "$1" get nodes --output="jsonpath={.items[*].status.addresses[?(@.type==\"$type\")].address}")
    if [[ -n $addresses ]]; then
      printf '%s' "$addresses"
      return 0
    fi
  done
}

# The first address of a cluster's gateway.
gateway_address() {
  local addresses first
  addresses=$(gateway_addresses "$1") || return
  read -r first _ <<<"$addresses" || true
  printf '%s' "$first"
}

# The endpoints at which calls enter a cluster's gateway, a line ADDRESS:PORT each; nothing while there is none.
# $2: the port of its Service; a node opens a different port for it.
gateway_endpoints() {
  local service port addresses address
  addresses=$(gateway_addresses "$1")
  [[ -n ${addresses// /} ]] || return 0
  service=$(gateway_service "$1")
  port=$(ask "$1" --namespace=istio-system get "$service" --output="jsonpath={.spec.type} {.spec.ports[?(@.port==$2)].nodePort}")
  if [[ $port == 'NodePort '* ]]; then port=${port#NodePort }; else port=$2; fi
  for address in $addresses; do
    if [[ $address == *:* ]]; then address="[$address]"; fi
    printf '%s:%s\n' "$address" "$port"
  done
}

# Turns KEY=gateway-address:CLUSTER into flags in the array `late`: addresses that were unknown at synth. $@: arguments.
read_late_values() {
  late=()
  local arg address
  for arg in "$@"; do
    [[ -n $arg ]] || continue
    [[ $arg =~ ^([A-Za-z0-9_.]+)=gateway-address:([a-z0-9-]+)$ ]] || fail "cannot read the argument $(printf '%q' "$arg")"
    address=$(gateway_address "${BASH_REMATCH[2]}")
    if [[ -z $address && $mode != apply ]]; then address=address-of-${BASH_REMATCH[2]}; fi
    [[ -n $address ]] || fail "the gateway of ${BASH_REMATCH[2]} has no address" 'wait for its load balancer'
    late+=(--set "${BASH_REMATCH[1]}=$address")
  done
}

# An existing gateway must have the address that other clusters were told. A gateway without any address may still get it,
# for example if an earlier run was stopped at this point: the gate of its step waits for it.
check_gateway() {
  local step args address
  for step in "${!step_wave[@]}"; do
    [[ ${step_cluster[step]} == "$1" && ${step_wait[step]} == gateway-address-known ]] || continue
    read_args "$step"
    [[ -n ${args[*]} && -n $(gateway_service "$1" 2>/dev/null) ]] || continue
    address=$(gateway_address "$1" 2>/dev/null) || continue
    if [[ -z $address ]]; then
      warn "$1: its gateway has no address, expected ${args[*]}"
    elif ! is_among "$address" "${args[@]}"; then
      note_problem "$1: the address of its gateway is $address, expected ${args[*]}" \
        'record it with mesh-federation discover, or correct clusters[].gateway.address, and synth again; to move the gateway, delete its Service first'
    fi
  done
}
