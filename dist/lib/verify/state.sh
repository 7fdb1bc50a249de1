# shellcheck shell=bash
# Variables that the parts of verify.sh share, in addition to those of all scripts.
# shellcheck disable=SC2034
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

[[ -z ${endpoints_header:-} ]] || return 0
readonly services_header=$'service\tport\tprotocol\tclients\tendpoints'
readonly clients_header=$'clients\tcluster\tnetwork\tprimary'
readonly endpoints_header=$'endpoints\tserving\tnetwork\tgateway'
readonly gateways_header=$'gateway\tnetwork\taddress'

# The command line.
calls=100
path=/
services=()
client_namespace='' client_deployment=''
writes_json=false

# A row for each client, each port of a service and each place that answers, and its state: ok, missing, or unexpected.
row_client=() row_host=() row_endpoint=() row_port=() row_protocol=() row_serving=() row_network=() row_gateway=()
row_primary=() row_state=() row_calls=()

# The first row of CLIENT|PORT|HOST.
declare -A first_row=()

# The pod that calls from a cluster: its namespace, name and address; and whether it has curl.
declare -A client_pod=() can_call=()

# Why the Envoy of a cluster's calling pod does not answer.
declare -A silent_proxy=()

# The endpoints of an Envoy: addresses by CLIENT|PORT|HOST, and facts about each: CLIENT|PORT|HOST|ADDRESS|weight.
declare -A live_addresses=() live_fact=()

# The addresses that a row expects.
declare -A addresses_of=()

# Addresses that no row expects: `row address` each, with the first row of the same client, service and port.
unexpected=()

# Pairs `CLIENT SERVING` with a broken link between them, and the state of each link, which several pairs may share.
declare -A is_broken=() link_state=()
