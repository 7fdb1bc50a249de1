# shellcheck shell=bash
# Who belongs to the federation, and who has left it.
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

# Whether a cluster that was to leave holds nothing of the federation any more. Where it does not say, that is a problem.
has_left() {
  local answer
  is_leaving "$1" || return 1
  if ! answer=$(ask "$1" --namespace=kube-system get "$(record_of)" --ignore-not-found --output=name 2>&1); then
    note_problem "$1 does not say whether it holds anything of $federation: ${answer##*$'\n'}" \
      'use a context that may read ConfigMaps of kube-system'
    return 1
  fi
  [[ -z $answer ]]
}

# Every cluster that answers, before the first change.
check_members() {
  local cluster
  for cluster in "${answering[@]}"; do
    if has_left "$cluster"; then
      note_problem "$cluster is leaving and holds nothing of $federation any more: it has left, and would be given Istio again" \
        'delete its block from the declaration'
    fi
  done
}
