# shellcheck shell=bash
# Calls, counted where they are sent: in the Envoy of the caller.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

# If the weights give an endpoint this many calls, it gets none by accident less than once in a hundred million runs.
readonly fewest_due=20

# Prints a status per call. Stops after some failures in a row: each may take five seconds.
# shellcheck disable=SC2016 # the shell in the pod reads it
readonly call_loop='n=0 failed=0
while [ "$n" -lt "$1" ] && [ "$failed" -lt 5 ]; do
  status=$(curl --silent --output /dev/null --max-time 5 --write-out "%{http_code}" "$2") || status=000
  case $status in 000 | 502 | 503 | 504) failed=$((failed + 1)) ;; *) failed=0 ;; esac
  echo "$status" && n=$((n + 1))
done'

call_services() {
  ((calls > 0)) || return 0
  local cluster
  while IFS= read -r cluster; do
    [[ -n ${client_pod[$cluster]:-} ]] || continue
    if [[ -z ${can_call[$cluster]:-} ]]; then
      note_problem "$cluster: no pod with a sidecar has curl, so nothing was called from there" \
        'name a Deployment with curl: --client NAMESPACE/DEPLOYMENT, or compare endpoints only: --calls 0'
    else
      call_from "$cluster"
    fi
  done < <(clients)
}

call_from() {
  local key client port host row
  declare -A before=() answered=()
  live_addresses=() live_fact=()
  read_live "$1"
  for key in "${!live_fact[@]}"; do before[$key]=${live_fact[$key]}; done
  for row in "${!row_client[@]}"; do
    IFS='|' read -r client port host <<<"$(key_of "$row")"
    key="$client|$port|$host"
    if [[ $client != "$1" || ${row_protocol[row]} != http || -n ${answered[$key]:-} ]] || is_behind "$client" "$host"; then continue; fi
    answered[$key]=$(call "$client" "$host" "$port")
    say "$client: ${answered[$key]} of $calls calls to $host:$port were answered"
    ((answered[$key] == calls)) || note_problem "$client: only ${answered[$key]} of $calls calls to $host:$port were answered" \
      'if no broken link is reported, check the log of istio-proxy in the calling pod'
  done
  read_live "$1"
  for key in "${!answered[@]}"; do count_calls "$key"; done
}

# Whether the calling pod belongs to the service: it may be the only pod that could answer.
is_behind() {
  local address
  read -r _ _ address <<<"${client_pod[$1]}"
  grep -qxF -- "$address" <<<"$(ready_pods "$1" "$2")"
}

# The number of calls that are answered.
call() {
  local namespace name
  read -r namespace name _ <<<"${client_pod[$1]}"
  kube "$1" --namespace="$namespace" exec "$name" -- sh -c "$call_loop" sh "$calls" "http://$2:$3$path" </dev/null |
    grep -cvx -e 000 -e 502 -e 503 -e 504 || true
}

# Counts the calls of each row of CLIENT|PORT|HOST. If several rows share a gateway, the first one gets its calls. Reads the
# caller's `before`.
count_calls() {
  local row live count
  local -A is_counted=()
  for row in "${!row_client[@]}"; do
    if [[ $(key_of "$row") != "$1" || ${row_state[row]} != ok ]]; then continue; fi
    count=''
    for live in $(live_of_row "$1" "$row"); do
      if [[ -n ${is_counted[$live]:-} ]]; then continue; fi
      is_counted[$live]=true
      count=$((${count:-0} + ${live_fact["$1|$live|rq_total"]:-0} - ${before["$1|$live|rq_total"]:-0}))
    done
    [[ -n $count ]] || continue
    row_calls[row]=$count
    if ((count == 0)) && is_due "$1" "$row"; then
      note_problem "${row_client[row]}: none of $calls calls to ${row_host[row]}:${row_port[row]} went to ${row_serving[row]} (${row_endpoint[row]})" \
        'check whether the endpoint is ejected as an outlier, or a DestinationRule keeps calls away'
    fi
  done
}

# The addresses in Envoy's list that belong to a row.
live_of_row() {
  local address
  for address in ${addresses_of[$2]}; do alike "$address" "${live_addresses[$1]:-}"; done
}

# Whether a row's endpoints are due enough calls, by their weights among the endpoints of the first priority.
is_due() {
  local live weight lowest own_addresses all=0 own=0
  own_addresses=" $(live_of_row "$1" "$2")"
  lowest=$(for live in ${live_addresses[$1]}; do echo "${live_fact["$1|$live|priority"]:-0}"; done | sort -n | head -n 1)
  for live in ${live_addresses[$1]}; do
    if [[ ${live_fact["$1|$live|priority"]:-0} != "$lowest" ]]; then continue; fi
    weight=${live_fact["$1|$live|weight"]:-1}
    all=$((all + weight))
    if [[ $own_addresses == *" $live "* ]]; then own=$((own + weight)); fi
  done
  ((all > 0 && calls * own / all >= fewest_due))
}
