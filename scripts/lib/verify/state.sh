# shellcheck shell=bash
# What the parts of verify.sh share, beside what all scripts share.
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

# A row for each client, each port of a service and each place that answers; how it turns out: ok, missing, or unexpected.
row_client=() row_host=() row_endpoint=() row_port=() row_protocol=() row_serving=() row_network=() row_gateway=()
row_primary=() row_state=() row_calls=()

# The first row of CLIENT|PORT|HOST.
declare -A first_row=()

# The pod that calls from a cluster: its namespace, name and address; and whether it has curl.
declare -A client_pod=() can_call=()

# Why the Envoy of a cluster's pod does not say what it knows.
declare -A silent_proxy=()

# What an Envoy has: the addresses of CLIENT|PORT|HOST, and a fact of one: CLIENT|PORT|HOST|ADDRESS|weight.
declare -A live_addresses=() live_fact=()

# The addresses that a row comes to.
declare -A addresses_of=()

# What no row expects: `row address` each, with the first row of the same client, service and port.
unexpected=()

# Pairs `CLIENT SERVING` with a broken link between them, and how a link that several pairs share turned out.
declare -A is_broken=() link_state=()
