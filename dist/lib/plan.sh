# shellcheck shell=bash
# plan.tsv and objects.tsv: a header, tabs between the values, `-` for an empty one.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

readonly plan_header=$'wave\tcluster\tcontext\tuid\taction\tpath\twait\tengine\tneeds\tbrings\tundo\targs...'

read_plan() {
  [[ -r $1 ]] || fail "there is no $(printf '%q' "$1")" 'synthesize first' 2
  local header wave cluster context uid action path wait engine needs brings undo args
  {
    IFS= read -r header
    [[ $header == "$plan_header" ]] || fail "$(printf '%q' "$1") does not have the columns that this script expects" 'synthesize again' 2
    while IFS=$'\t' read -r wave cluster context uid action path wait engine needs brings undo args; do
      step_wave+=("$wave") step_cluster+=("$cluster") step_context+=("$context") step_uid+=("$uid")
      step_action+=("$action") step_path+=("$path") step_wait+=("$wait") step_engine+=("$engine")
      step_needs+=("$needs") step_brings+=("$brings") step_undo+=("$undo") step_args+=("$args")
    done
  } <"$1"
  federation=${step_args[0]%%$'\t'*}
  choose_steps
}

choose_steps() {
  local position name
  [[ -z $from ]] || is_among "$from" "${step_wave[@]}" || fail "there is no wave $(printf '%q' "$from")" 'name a wave of plan.tsv' 2
  for name in "${only[@]}" "${!given_context[@]}"; do
    is_among "$name" "${step_cluster[@]}" || fail "there is no cluster $(printf '%q' "$name")" 'name a cluster of plan.tsv' 2
  done
  for position in "${!step_wave[@]}"; do
    if [[ -n $from && ${step_wave[position]} < $from ]]; then continue; fi
    if is_wanted "${step_cluster[position]}"; then steps+=("$position"); fi
  done
}

# Whether the first argument is among the others.
is_among() {
  local one
  for one in "${@:2}"; do
    if [[ $one == "$1" ]]; then return 0; fi
  done
  return 1
}

# The arguments of a cluster's step of 00-preflight, in the caller's `args`; docs/output.md describes them.
read_preflight_args() {
  local step
  args=()
  for step in "${!step_wave[@]}"; do
    if [[ ${step_wave[step]} == 00-preflight && ${step_cluster[step]} == "$1" ]]; then read_args "$step"; fi
  done
}

# Whether a cluster is to be drained.
is_leaving() {
  local args
  read_preflight_args "$1"
  [[ ${args[3]:-} == leaving ]]
}

# The arguments of a step, in the array `args`; `-` becomes an empty string.
read_args() {
  IFS=$'\t' read -r -a args <<<"${step_args[$1]}"
  local position
  for position in "${!args[@]}"; do
    if [[ ${args[position]} == - ]]; then args[position]=''; fi
  done
}

# Words that stand between commas, a line each; nothing for `-`.
words_of() { if [[ $1 != - ]]; then printf '%s\n' "${1//,/$'\n'}"; fi; }

# Whether a step brings one thing, as its column says it.
brings() { [[ ,${step_brings[$1]}, == *,"$2",* ]]; }

# The objects of a wave in a cluster: a line `group kind namespace name` each, with tabs.
objects_in() {
  local cluster wave rest
  while IFS=$'\t' read -r cluster wave rest; do
    if [[ $cluster == "$1" && $wave == "$2" ]]; then printf '%s\n' "$rest"; fi
  done <"$here/objects.tsv"
}
