# shellcheck shell=bash
# The members of the federation. The record of each cluster lists the clusters of the last apply, so that a cluster that is
# missing from a plan is found even without a lock.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# The clusters of this plan, for their records: a line `name uid` each, with a tab. An engine's own API server is not one of
# them.
clusters_of_plan() {
  local cluster
  for cluster in "${!observed_uid[@]}"; do
    if [[ $cluster != federation ]]; then printf '%s\t%s\n' "$cluster" "${observed_uid[$cluster]}"; fi
  done | sort
}

# Runs before the first change, for every cluster that answers.
check_members() {
  local cluster former
  local -A is_told=()
  for cluster in "${answering[@]}"; do
    read_former "$cluster" || continue
    if [[ -z $former ]] && is_leaving "$cluster"; then
      note_problem "$cluster is leaving and holds nothing of $federation any more: it has left, and this run would install Istio there again" \
        'delete its block from the declaration'
    fi
    check_former "${former#*$'\n'}"
  done
}

# Reads the clusters of the last apply from a cluster's record into the caller's `former`: the record's name, then a line for
# each cluster; nothing if there is no record. A cluster that does not answer the question is a problem.
read_former() {
  local wanted='{.metadata.name}{"\n"}{.data.clusters\.tsv}'
  if former=$(ask "$1" --namespace=kube-system get "$(record_of)" --ignore-not-found --output="jsonpath=$wanted" 2>/dev/null); then
    return 0
  fi
  note_problem "cannot tell whether $1 holds anything of $federation" 'use a context that may read ConfigMaps of kube-system'
  return 1
}

# $1: lines `name uid`. A cluster that is no longer in the plan would keep its objects and still receive calls. A cluster with
# a new name is still the same cluster.
check_former() {
  local name uid
  while IFS=$'\t' read -r name uid; do
    # A record of an earlier version has only its name.
    if [[ -z $uid || -n ${context_of[$name]:-} || -n ${is_told[$name]:-} ]]; then continue; fi
    if is_among "$uid" "${observed_uid[@]}"; then continue; fi
    is_told[$name]=true
    note_problem "$name was in the last apply and is not in this plan: it keeps its objects and still receives calls ($uid)" \
      "put its block back with state: leaving, synth, ./apply.sh, ./destroy.sh --only $name; then delete the block"
  done <<<"$1"
}

# For destroy.sh: takes the removed clusters out of the records of the others. This comes before the records of the removed
# clusters are deleted, so that a stopped run repeats it.
forget_removed_members() {
  local cluster
  for cluster in "${recorded[@]}"; do
    if is_wanted "$cluster"; then continue; fi
    recorded_members[$cluster]=$(members_that_stay "${recorded_members[$cluster]}")
    if changes; then write_record "$cluster"; fi
  done
}

members_that_stay() {
  local name uid
  while IFS=$'\t' read -r name uid; do
    if [[ -n $name ]] && ! is_wanted "$name"; then printf '%s\t%s\n' "$name" "$uid"; fi
  done <<<"$1"
}
