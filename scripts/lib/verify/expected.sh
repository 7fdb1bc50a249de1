# shellcheck shell=bash
# The command line of verify.sh, and the questions about its rows.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

read_verify_options() {
  timeout=60
  while (($# > 0)); do
    case $1 in
      --help) usage; exit 0 ;;
      --json) writes_json=true ;;
      --calls | --path | --service | --client | --only | --context | --timeout)
        if [[ -z ${2:-} ]]; then fail "$1 needs a value" "$script --help" 2; fi
        read_verify_value "$1" "$2"
        shift
        ;;
      *) fail "there is no option $(printf '%q' "$1")" "$script --help" 2 ;;
    esac
    shift
  done
}

read_verify_value() {
  case $1 in
    --calls)
      [[ $2 =~ ^(0|[1-9][0-9]{0,4})$ ]] || fail "invalid --calls: $(printf '%q' "$2")" 'give a number, such as 100' 2
      calls=$2
      ;;
    --path)
      [[ $2 =~ ^/[[:graph:]]*$ ]] || fail "invalid --path: $(printf '%q' "$2")" 'give a path, such as /hello' 2
      path=$2
      ;;
    --service) services+=("$2") ;;
    --client)
      [[ $2 =~ ^([a-z0-9-]+)/([a-z0-9.-]+)$ ]] || fail "invalid --client: $(printf '%q' "$2")" 'write NAMESPACE/DEPLOYMENT' 2
      client_namespace=${BASH_REMATCH[1]} client_deployment=${BASH_REMATCH[2]}
      ;;
    *) read_valued_option "$1" "$2" ;;
  esac
}

is_asked_for() {
  ((${#services[@]} > 0)) || return 0
  local service
  for service in "${services[@]}"; do
    if [[ $1 == "$service" || $1 == "$service".* ]]; then return 0; fi
  done
  return 1
}

# CLIENT|PORT|HOST of a row.
key_of() { printf '%s' "${row_client[$1]}|${row_port[$1]}|${row_host[$1]}"; }

# The clusters that call, each once, in the order of the table.
clients() { printf '%s\n' "${row_client[@]}" | awk '!seen[$0]++'; }

# The namespace of a service's name in DNS.
namespace_of() {
  local rest=${1#*.}
  printf '%s' "${rest%%.*}"
}
