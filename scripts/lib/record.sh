# shellcheck shell=bash
# What was applied to a cluster, kept in the cluster itself, so that anybody can go on from anywhere: a ConfigMap with the
# rows of objects.tsv, without the cluster.
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

declare -A is_recorded=()

record_of() { printf "configmap/mesh-federation-%s" "$federation"; }

# The recorded rows of a cluster; none before the first run.
recorded_in() {
  ask "$1" --namespace=kube-system get "$(record_of)" --ignore-not-found --output='jsonpath={.data.objects\.tsv}'
}

# The rows of this output for a cluster.
current_in() { awk -F '\t' -v OFS='\t' -v cluster="$1" 'NR > 1 && $1 == cluster { print $2, $3, $4, $5, $6 }' "$here/objects.tsv"; }

# The rows of the first file whose objects the second one does not have, whatever their wave.
rows_beside() { awk -F '\t' 'FILENAME == ARGV[1] { known[$2, $3, $4, $5] = 1; next } !(($2, $3, $4, $5) in known)' "$2" "$1"; }

write_record() {
  kube "$1" --namespace=kube-system create configmap "mesh-federation-$federation" --from-file=objects.tsv=/dev/stdin \
    --dry-run=client --output=yaml | kube "$1" apply --server-side --field-manager="$field_manager" --filename=- >/dev/null
}

# Before the first change: what was there and what is coming, so that nothing is forgotten wherever this run ends.
record_before_changing() {
  if [[ -n ${is_recorded[$1]:-} ]]; then return 0; fi
  local former
  former=$(recorded_in "$1")
  { current_in "$1"; rows_beside <(printf '%s' "${former:+$former$'\n'}") <(current_in "$1"); } | write_record "$1"
  is_recorded[$1]=true
}

# Deletes what an earlier output applied and this one has no more, last wave first.
prune() {
  local cluster=$1 former rows group kind namespace name
  former=$(recorded_in "$cluster")
  rows=$(rows_beside <(printf '%s' "${former:+$former$'\n'}") <(current_in "$cluster") | sort -r)
  [[ -n $rows ]] || return 0
  while IFS=$'\t' read -r _ group kind namespace name; do
    prune_object "$cluster" "$group" "$kind" "$namespace" "$name"
  done <<<"$rows"
  if [[ $mode == apply ]]; then
    { current_in "$cluster"; printf '%s\n' "$rows" | grep -E $'\t(Namespace|FederatedNamespace|CustomResourceDefinition)\t' || true; } |
      write_record "$cluster"
  fi
}

prune_object() {
  local flag resource=$3/$5
  if [[ $2 != - ]]; then resource=$3.$2/$5; fi
  case $3 in
    Namespace | FederatedNamespace | CustomResourceDefinition)
      say "  left on $1: $resource; deleting it would delete everything in it: do it yourself"
      return 0
      ;;
  esac
  say "  $1: $resource goes"
  if [[ $mode != apply ]]; then return 0; fi
  flag=$(namespace_flag "$4")
  kube "$1" ${flag:+"$flag"} delete "$resource" --ignore-not-found --timeout="${timeout}s" >/dev/null
}
