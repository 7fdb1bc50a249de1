# shellcheck shell=bash
# The kinds that a cluster serves, and a check that it will serve those of this run when their step comes.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# Reads the kinds that a cluster serves into the caller's `resource_of`, from `GROUP KIND` (`-` is the core group) to
# `PLURAL.GROUP`.
read_kinds() {
  local table before line plural group is_namespaced kind
  # kubectl exits with 1 if a single group does not answer, and lists the others.
  table=$(ask "$1" api-resources 2>/dev/null) || true
  # The place of the group's column shows where it begins: kubectl before 1.20 leaves the column blank for the core group.
  before=${table%%API*}
  while IFS= read -r line; do
    read -r plural _ <<<"$line"
    read -r group is_namespaced kind <<<"${line:${#before}}"
    if [[ -z $kind ]]; then kind=$is_namespaced group=-; fi
    if [[ $group == v1 ]]; then group=-; fi
    group=${group%%/*}
    resource_of["$group $kind"]=$plural
    if [[ $group != - ]]; then resource_of["$group $kind"]+=.$group; fi
  done <<<"${table#*$'\n'}"
}

# Each kind that this run applies must be served, or an earlier step of this run must bring it.
check_kinds() {
  local step wave engine group kind name
  local -A coming=() missing=()
  for step in "${steps[@]}"; do
    [[ ${step_cluster[step]} == "$1" ]] || continue
    wave=${step_wave[step]} engine=${step_engine[step]}
    if [[ ${step_action[step]} == apply ]]; then
      while IFS=$'\t' read -r group kind _ _; do
        is_coming "$group" "$kind" || missing[$group $wave $engine]+=" $kind"
      done < <(objects_in "$1" "$wave" | sort -u -t $'\t' -k 1,2)
    fi
    while IFS= read -r group; do coming[$group]=true; done < <(words_of "${step_brings[step]}")
  done
  for name in "${!missing[@]}"; do
    read -r group wave engine <<<"$name"
    note_problem "$1 does not serve what $wave applies, and no step before it brings it: ${missing[$name]# } of $group" \
      "$(how_to_get "$group" "$engine")"
  done
}

# Whether a kind is served, or an earlier step brings it. A step brings the kinds of `GROUP`, or of every group below one:
# `*.istio.io`.
is_coming() { [[ -n ${resource_of[$1 $2]:-} || -n ${coming[$1]:-} || -n ${coming["*.${1#*.}"]:-} ]]; }

# $1: the group; $2: the engine whose step needs it.
how_to_get() {
  case $1 in
    sailoperator.io) echo 'install the Sail operator' ;;
    *.istio.io) echo 'run the steps that install Istio, too' ;;
    *)
      if [[ $2 == - ]]; then
        echo 'install its CustomResourceDefinition, or list it among the manifests of the workload'
      else
        of_engine "$2" how_to_get
      fi
      ;;
  esac
}
