# shellcheck shell=bash
# The registrations of clusters with an engine. An engine delivers only to clusters that it knows and reaches: it ignores
# others, or waits for them forever.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# Checks that the engine will be able to reach the clusters that join in this run.
check_joins() {
  local step args
  for step in "${steps[@]}"; do
    [[ ${step_action[step]} == join ]] || continue
    read_args "$step"
    is_among "${step_cluster[step]}" "${answering[@]}" || continue
    is_among "${args[0]}" "${answering[@]}" || continue
    of_engine "${step_engine[step]}" check_join "$step"
  done
}

check_registrations() {
  local step args name
  local -A is_asked=() endpoints=()
  for step in "${steps[@]}"; do
    # A cluster that joins in this run has no registration yet.
    if [[ ${step_action[step]} == join ]]; then
      read_args "$step"
      is_asked[${args[1]}]=true
    fi
    [[ ${step_wait[step]} == propagated ]] || continue
    is_among "${step_cluster[step]}" "${answering[@]}" || continue
    read_args "$step"
    for name in "${args[@]}"; do
      if [[ -z ${is_asked[$name]:-} ]]; then check_registration "${step_cluster[step]}" "${step_engine[step]}" "$name"; fi
      is_asked[$name]=true
    done
  done
}

# $1: where the engine is; $2: the engine; $3: the name that it gives the cluster.
check_registration() {
  local resource answer ready endpoint engine=${engine_title[$2]:-$2} name=$3
  # A cluster that is Offline has no condition Ready. The equals sign keeps the place of the missing value.
  local wanted='={.status.conditions[?(@.type=="Ready")].status} {.spec.apiEndpoint}'
  of_engine "$2" registration "$name"
  if ! answer=$(ask "$1" "${resource[@]}" --output="jsonpath=$wanted" 2>&1); then
    note_problem "$name has not joined $engine: ${answer##*$'\n'}" 'join it: see docs/engines.md of mesh-federation'
    return 0
  fi
  read -r ready endpoint <<<"$answer"
  ready=${ready#=}
  if [[ $ready != True ]]; then
    note_problem "$engine does not reach $name: its condition Ready is ${ready:-unknown}" "check the object that $engine has for it: ${resource[-1]}"
  fi
  [[ -n $endpoint ]] || return 0
  # The endpoint is text from another machine. The equals sign before it keeps a key from being `@` or `*`.
  if [[ -n ${endpoints["=$endpoint"]:-} ]]; then
    note_problem "$name and ${endpoints["=$endpoint"]} are one API server for $engine, $endpoint: it deletes under one name what it creates under the other" \
      'remove one of the two from the federation'
  fi
  endpoints["=$endpoint"]=$name
}
