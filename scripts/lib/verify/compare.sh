# shellcheck shell=bash
# Compares the endpoints that proxies have with the expected ones.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

# istiod and the proxies need some seconds after an apply. With a broken link there is nothing to wait for.
compare_endpoints() {
  local end=$((SECONDS + timeout)) row
  ((${#problems[@]} == 0)) || end=$SECONDS
  until compare_once; do
    ((SECONDS < end)) || break
    sleep 2
  done
  local cluster
  for cluster in "${!silent_proxy[@]}"; do
    note_problem "$cluster: the proxy of pod ${client_pod[$cluster]% *} does not answer: ${silent_proxy[$cluster]}" \
      'name another Deployment: --client NAMESPACE/DEPLOYMENT'
  done
  for row in "${!row_client[@]}"; do
    cluster=${row_client[row]}
    if [[ ${row_state[row]} == missing && -n ${client_pod[$cluster]:-} && -z ${silent_proxy[$cluster]:-} ]]; then explain_missing "$row"; fi
  done
  explain_unexpected
}

compare_once() {
  local cluster row is_alike=true
  local -A expected_of=() known=()
  live_addresses=() live_fact=() silent_proxy=()
  for cluster in "${!client_pod[@]}"; do read_live "$cluster"; done
  for row in "${!row_client[@]}"; do
    if [[ -z ${client_pod[${row_client[row]}]:-} ]]; then continue; fi
    compare_row "$row"
    if [[ ${row_state[row]} != ok ]]; then is_alike=false; fi
  done
  find_unexpected
  [[ $is_alike == true && ${#unexpected[@]} == 0 ]]
}

# Adds the addresses of a row to the caller's `expected_of`, by CLIENT|PORT|HOST. Several rows may share one place, which is
# queried once.
compare_row() {
  local key place address
  key=$(key_of "$1")
  place="${row_gateway[$1]} ${row_endpoint[$1]}"
  if [[ ${row_endpoint[$1]} == local ]]; then place="${row_serving[$1]} ${row_host[$1]}"; fi
  if [[ -z ${known[$place]+asked} ]]; then known[$place]=$(expected_addresses "$1" | tr '\n' ' '); fi
  addresses_of[$1]=${known[$place]}
  expected_of[$key]+=" ${addresses_of[$1]}"
  row_state[$1]=ok
  if [[ -z ${addresses_of[$1]} ]]; then row_state[$1]=missing; fi
  for address in ${addresses_of[$1]}; do
    if [[ -z $(alike "$address" "${live_addresses[$key]:-}") ]]; then row_state[$1]=missing; fi
  done
}

# The expected addresses of a row. The address of a pod has no port, that of a gateway has one.
expected_addresses() {
  case ${row_endpoint[$1]} in
    local) ready_pods "${row_serving[$1]}" "${row_host[$1]}" ;;
    gateway-address:*) gateway_endpoints "${row_gateway[$1]}" "${row_endpoint[$1]##*:}" ;;
    *) printf '%s\n' "${row_endpoint[$1]}" ;;
  esac
}

# The live addresses of $2 that may be the expected address $1.
alike() {
  local live
  for live in $2; do
    if is_alike "$1" "$live"; then printf '%s ' "$live"; fi
  done
}

# A pod may have any port. The address behind a hostname is unknown, since istiod resolves it: only the port counts.
is_alike() {
  if [[ $2 == "$1" || ${2%:*} == "$1" || ${2%:*} == "[$1]" ]]; then return 0; fi
  [[ $1 =~ ^[^][:]*[A-Za-z][^][:]*:([0-9]+)$ && ${2##*:} == "${BASH_REMATCH[1]}" ]]
}

# Reads the caller's `expected_of`.
find_unexpected() {
  local key live expected
  unexpected=()
  for key in "${!live_addresses[@]}"; do
    for live in ${live_addresses[$key]}; do
      for expected in ${expected_of[$key]:-}; do
        if is_alike "$expected" "$live"; then continue 2; fi
      done
      unexpected+=("${first_row[$key]} $live")
    done
  done
}

# If a link between the two clusters is broken, that was reported already.
explain_missing() {
  local former=${#problems[@]}
  if [[ -n ${is_broken["${row_client[$1]} ${row_serving[$1]}"]:-} ]]; then return 0; fi
  check_service_links "$1"
  if ((${#problems[@]} == former)); then
    note_problem "${row_client[$1]}: ${row_host[$1]}:${row_port[$1]} is not called in ${row_serving[$1]}, and no link is broken" \
      "check Istio's own objects that choose endpoints (DestinationRule, Sidecar), and istiod of ${row_primary[$1]}"
  fi
}

explain_unexpected() {
  local entry row live
  for entry in "${unexpected[@]}"; do
    read -r row live <<<"$entry"
    note_problem "${row_client[row]}: ${row_host[row]}:${row_port[row]} is also called at $live, where nothing is expected" \
      "a pod's address in another network leads nowhere: istiod of ${row_primary[row]} does not know the gateway there"
  done
}
