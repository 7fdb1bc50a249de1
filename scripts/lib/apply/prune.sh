# shellcheck shell=bash
# Deletes objects that an earlier output applied and this one no longer has.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# Deletes the objects of the last wave first.
prune() {
  local cluster=$1 rows commands group kind namespace name kept
  read_record "$cluster"
  commands=$(commands_beside "${recorded_commands[$cluster]}" "$(current_commands "$cluster")")
  rows=$(rows_beside "${recorded_objects[$cluster]}" "$(current_in "$cluster")" | sort -r)
  prune_commands "$cluster" "$commands"
  [[ -z $rows ]] || while IFS=$'\t' read -r _ group kind namespace name; do
    prune_object "$cluster" "$group" "$kind" "$namespace" "$name"
  done <<<"$rows"
  if [[ $mode == apply ]]; then
    kept=$(grep -E "$(holding_pattern)" <<<"$rows") || true
    recorded_objects[$cluster]=$(joined "$(current_in "$cluster")" "$kept")
    recorded_commands[$cluster]=$(joined "$(current_commands "$cluster")" "$(grep -v $'\tremote-secret\t' <<<"$commands")")
    write_record "$cluster"
  fi
}

# Deletes the remote secrets of clusters that have left. destroy.sh removes the objects that an installer created.
prune_commands() {
  local action read id
  while IFS=$'\t' read -r _ action _ read id _; do
    [[ $action == remote-secret ]] || continue
    say "  $1: delete the remote secret of $read"
    if [[ $mode == apply ]]; then delete_remote_secret "$1" "$id" >/dev/null; fi
  done <<<"$2"
}

delete_remote_secret() {
  kube "$1" --namespace=istio-system delete "secret/istio-remote-secret-$2" --ignore-not-found --timeout="${timeout}s"
}

prune_object() {
  local flag resource
  resource=$(resource_of "$2" "$3" "$5")
  if is_among "$3" "${holding_kinds[@]}"; then
    say "  left on $1: $resource; deleting it would delete everything in it: delete it yourself"
    return 0
  fi
  say "  $1: delete $resource"
  if [[ $mode != apply ]]; then return 0; fi
  flag=$(namespace_flag "$4")
  kube "$1" ${flag:+"$flag"} delete "$resource" --ignore-not-found --timeout="${timeout}s" >/dev/null
}
