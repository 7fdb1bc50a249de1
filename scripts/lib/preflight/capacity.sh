# shellcheck shell=bash
# The capacity for pods of a cluster's nodes. Too little is only a warning: nobody knows what else runs there.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# $2, $3: the recommended cores and GiB; without them nothing is checked.
check_capacity() {
  [[ $2 =~ ^[0-9]{1,4}$ && $3 =~ ^[0-9]{1,4}$ ]] || return 0
  local nodes ready cpu memory cores=0 mebibytes=0
  local wanted='{range .items[*]}{.status.conditions[?(@.type=="Ready")].status} {.status.allocatable.cpu} {.status.allocatable.memory}{"\n"}{end}'
  nodes=$(ask "$1" get nodes --output="jsonpath=$wanted" 2>/dev/null) || return 0
  while read -r ready cpu memory; do
    [[ $ready == True ]] || continue
    cores=$((cores + $(millicores_in "$cpu")))
    mebibytes=$((mebibytes + $(mebibytes_in "$memory")))
  done <<<"$nodes"
  if ((cores < $2 * 1000 || mebibytes < $3 * 1024)); then
    warn "$1: its Ready nodes have $((cores / 1000)).$((cores % 1000 / 100)) cores and $((mebibytes / 1024)).$((mebibytes % 1024 * 10 / 1024)) GiB for pods; $2 cores and $3 GiB are recommended"
  fi
}

# A quantity of Kubernetes: 4, 3920m. Anything else counts as 0.
millicores_in() {
  if [[ $1 =~ ^([0-9]{1,9})(m?)$ ]]; then
    if [[ -n ${BASH_REMATCH[2]} ]]; then echo $((10#${BASH_REMATCH[1]})); else echo $((10#${BASH_REMATCH[1]} * 1000)); fi
  else
    echo 0
  fi
}

# A quantity of memory: 16393244Ki, 8Gi, 8589934592. Anything else counts as 0.
mebibytes_in() {
  [[ $1 =~ ^([0-9]{1,15})([KMGT]i|[kMGT])?$ ]] || { echo 0; return 0; }
  local number=$((10#${BASH_REMATCH[1]}))
  case ${BASH_REMATCH[2]} in
    '') echo $((number / 1048576)) ;;
    Ki) echo $((number / 1024)) ;;
    Mi) echo "$number" ;;
    Gi) echo $((number * 1024)) ;;
    Ti) echo $((number * 1048576)) ;;
    k) echo $((number / 1049)) ;;
    M) echo $((number * 1000 / 1049)) ;;
    G) echo $((number * 1000000 / 1049)) ;;
    T) echo $((number * 1000000000 / 1049)) ;;
  esac
}
