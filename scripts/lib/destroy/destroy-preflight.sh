# shellcheck shell=bash
# Before the first deletion: checks everything that would stop a later one, and reports all problems at once.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

destroy_preflight() {
  local cluster
  say '00-preflight'
  declare -A seen=()
  for cluster in "${!context_of[@]}"; do
    check_identity "$cluster" || true
  done
  fail_on_problems
  while IFS= read -r cluster; do
    check_record "$cluster"
  done < <(clusters_backwards)
  fail_on_problems
  for cluster in "${leaving[@]}"; do
    check_engine "$cluster"
  done
  check_commands
  fail_on_problems
}

clusters_backwards() {
  printf '%s\n' "${!stranger_context[@]}" "${step_cluster[@]}" | awk 'NF && !seen[$0]++ { line[++n] = $0 } END { while (n) print line[n--] }'
}

check_record() {
  read_record "$1"
  if ! has_record "$1"; then
    say "  $1: nothing of $federation is recorded"
    return 0
  fi
  if [[ -z ${recorded_name[$1]} ]]; then
    # This record is from a version that recorded only objects: the plan must say what was installed.
    recorded_commands[$1]=$(current_commands "$1")
  elif [[ ${recorded_name[$1]} != "$1" ]]; then
    note_problem "$1: context $(printf '%q' "${context_of[$1]}") is ${recorded_name[$1]} of $federation" \
      "name the right context: --context $1=CONTEXT"
  fi
  recorded+=("$1")
  if is_wanted "$1"; then leaving+=("$1"); fi
}

# The commands to undo: all commands of a cluster that is removed, and those of other clusters that concern a removed one.
commands_to_undo() {
  if is_wanted "$1"; then
    printf '%s\n' "${recorded_commands[$1]}"
  else
    awk -F '\t' -v leaving=" ${leaving[*]} " -v about=" ${!is_about_another[*]} " \
      'index(about, " " $2 " ") && index(leaving, " " $4 " ")' <<<"${recorded_commands[$1]}"
  fi
}

check_commands() {
  local cluster action tool
  declare -A needed=([kubectl]=all)
  for cluster in "${recorded[@]}"; do
    while IFS=$'\t' read -r _ action _; do
      [[ -n $action ]] || continue
      declare -F "undo_${action//-/_}" >/dev/null ||
        note_problem "$cluster: this script cannot undo $(printf '%q' "$action")" 'run destroy.sh of the version that applied it'
      tool=${undo_needs[$action]:-}
      if [[ -n $tool ]]; then needed[$tool]=$cluster; fi
    done < <(commands_to_undo "$cluster")
  done
  for tool in "${!needed[@]}"; do
    check_tool "$tool" || true
  done
}

# If the objects of an engine are deleted, the engine deletes their copies everywhere. It waits forever for a cluster that it
# does not reach.
check_engine() {
  local engine engines unready
  engines=$(engines_in "${recorded_objects[$1]}")
  if [[ -z $engines ]]; then
    check_placement "$1"
    return 0
  fi
  for engine in $engines; do
    unready=$(of_engine "$engine" unready "$1")
    if [[ -n $unready ]]; then
      note_problem "$1: its engine does not reach $unready, and would wait for it forever" \
        "make it reachable again, or remove it from the engine of $1 (${engine_unjoin[$engine]})"
    fi
  done
  if ((${#recorded[@]} > ${#leaving[@]})); then
    note_problem "$1 delivers workloads to the other clusters" 'remove all clusters at once: run it without --only'
  fi
}

# $1: the cluster; $2: the kind of its engine's registrations; then further flags.
not_ready_in() {
  local answer
  if ! answer=$(ask "$1" get "${@:2}" \
    --output='jsonpath={range .items[*]}{.metadata.name}={.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}' 2>&1); then
    # Without its kinds the engine is gone, and there is nothing to wait for.
    is_unknown_kind "$answer" || printf '%s' "${answer##*$'\n'}"
    return 0
  fi
  grep -v '=True$' <<<"$answer" | cut -d = -f 1 | paste -sd ' ' - || true
}

# If a member is removed alone, an engine would recreate the deleted objects.
check_placement() {
  local row name label
  ((${#recorded[@]} > ${#leaving[@]})) || return 0
  while IFS= read -r row; do
    [[ $row == $'-\tNamespace\t'* ]] || continue
    name=${row##*$'\t'}
    for label in "${engine_label[@]}"; do
      if is_labelled "$1" "$name" "$label"; then
        note_problem "$1: an engine still delivers namespace $name to it" \
          "remove $1 from every placement in the declaration, synth and apply first"
      fi
    done
  done <<<"${recorded_created[$1]}"
}
