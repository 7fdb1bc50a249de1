# shellcheck shell=bash
# The endpoints that calls should reach: services.tsv, clients.tsv, endpoints.tsv and gateways.tsv, joined as docs/output.md
# describes.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

# Reads only the clients and services that are asked for, client by client in the order of the plan.
read_endpoints() {
  # The columns of gateways.tsv and endpoints.tsv; the ways that lead to a cluster or a network, and the places of a set, by
  # their positions in the columns.
  local way_gateway=() way_address=() place_serving=() place_network=() place_way=()
  local -A ways_to=() places_of=() is_client=() network_of=() primary_of=() is_planned=()
  local asked_services=() cluster
  for cluster in "${step_cluster[@]}"; do is_planned["$cluster"]=true; done
  check_table services.tsv "$services_header"
  check_table clients.tsv "$clients_header"
  check_table endpoints.tsv "$endpoints_header"
  check_table gateways.tsv "$gateways_header"
  read_ways
  read_places
  read_clients
  read_services
  join_rows
  ((${#row_client[@]} > 0)) || fail 'none of these clusters calls any of these services' 'look at services.tsv and clients.tsv' 2
}

check_table() {
  local header=''
  [[ -r $here/$1 ]] || fail "there is no $(printf '%q' "$here/$1")" 'synthesize first' 2
  IFS= read -r header <"$here/$1" || true
  [[ $header == "$2" ]] || fail "$(printf '%q' "$here/$1") does not have the columns that this script expects" 'synthesize again' 2
}

rows_of() { sed 1d "$here/$1"; }

# A row names something that another table does not have: the tables are not from one synth.
refuse_unknown() { fail "$1 names $(printf '%q' "$2"), which $3 does not have" 'synthesize again' 2; }

# $1: a table; then clusters that a row of it names.
expect_planned() {
  local name
  for name in "${@:2}"; do
    [[ -n $name && -n ${is_planned["$name"]:-} ]] || refuse_unknown "$1" "$name" plan.tsv
  done
}

read_ways() {
  local gateway network address
  while IFS=$'\t' read -r gateway network address; do
    expect_planned gateways.tsv "$gateway"
    ways_to["cluster $gateway"]+=" ${#way_gateway[@]}" ways_to["network $network"]+=" ${#way_gateway[@]}"
    way_gateway+=("$gateway") way_address+=("$address")
  done < <(rows_of gateways.tsv)
}

read_places() {
  local endpoints serving network gateway way
  while IFS=$'\t' read -r endpoints serving network gateway; do
    expect_planned endpoints.tsv "$serving"
    case $gateway in
      -) way='' ;;
      '*') way="network $network" ;;
      *) way="cluster $gateway" ;;
    esac
    [[ -z $way || -n ${ways_to["$way"]:-} ]] || refuse_unknown endpoints.tsv "$gateway" gateways.tsv
    places_of["set $endpoints"]+=" ${#place_serving[@]}"
    place_serving+=("$serving") place_network+=("$network") place_way+=("$way")
  done < <(rows_of endpoints.tsv)
}

read_clients() {
  local clients cluster network primary
  while IFS=$'\t' read -r clients cluster network primary; do
    expect_planned clients.tsv "$cluster" "$primary"
    is_client["set $clients"]=true is_client["set $clients $cluster"]=true
    network_of["$cluster"]=$network primary_of["$cluster"]=$primary
  done < <(rows_of clients.tsv)
}

read_services() {
  local host port protocol clients endpoints
  while IFS=$'\t' read -r host port protocol clients endpoints; do
    [[ -n ${is_client["set $clients"]:-} ]] || refuse_unknown services.tsv "$clients" clients.tsv
    [[ -n ${places_of["set $endpoints"]:-} ]] || refuse_unknown services.tsv "$endpoints" endpoints.tsv
    if is_asked_for "$host"; then asked_services+=("$host"$'\t'"$port"$'\t'"$protocol"$'\t'"$clients"$'\t'"$endpoints"); fi
  done < <(rows_of services.tsv)
}

join_rows() {
  local host port protocol clients endpoints service place
  local -A is_joined=()
  for cluster in "${step_cluster[@]}"; do
    if [[ -n ${is_joined["$cluster"]:-} ]] || ! is_wanted "$cluster"; then continue; fi
    is_joined["$cluster"]=true
    for service in "${asked_services[@]}"; do
      IFS=$'\t' read -r host port protocol clients endpoints <<<"$service"
      if [[ -z ${is_client["set $clients $cluster"]:-} ]]; then continue; fi
      for place in ${places_of["set $endpoints"]}; do add_rows_of_place; done
    done
  done
}

# Reads the caller's `cluster`, `host`, `port`, `protocol` and `place`. Pods in the client's own network are called directly.
add_rows_of_place() {
  local position way=${place_way[place]}
  if [[ ${place_network[place]} == "${network_of["$cluster"]}" ]]; then
    add_row local -
  elif [[ -n $way ]]; then
    for position in ${ways_to["$way"]}; do add_row "${way_address[position]}" "${way_gateway[position]}"; done
  fi
}

add_row() {
  if [[ -z ${first_row["$cluster|$port|$host"]:-} ]]; then first_row["$cluster|$port|$host"]=${#row_client[@]}; fi
  row_client+=("$cluster") row_host+=("$host") row_port+=("$port") row_protocol+=("$protocol")
  row_serving+=("${place_serving[place]}") row_network+=("${place_network[place]}")
  row_endpoint+=("$1") row_gateway+=("$2") row_primary+=("${primary_of["$cluster"]}")
  row_state+=(missing) row_calls+=(-)
}
