#!/usr/bin/env bash
# Removes what apply.sh created in the clusters of this plan, last wave first. See --help.

# The directory part of the path that this script was called by, with its slash; empty in `bash destroy.sh`.
parts=${BASH_SOURCE[0]%"${BASH_SOURCE[0]##*/}"}lib
# shellcheck source=lib/bash-version.sh
source "$parts/bash-version.sh"

set -euo pipefail
shopt -s inherit_errexit

# shellcheck source=lib/state.sh
source "$parts/state.sh"
# shellcheck source=lib/messages.sh
source "$parts/messages.sh"
# shellcheck source=lib/options.sh
source "$parts/options.sh"
# shellcheck source=lib/destroy/destroy-options.sh
source "$parts/destroy/destroy-options.sh"
# shellcheck source=lib/plan.sh
source "$parts/plan.sh"
# shellcheck source=lib/clusters.sh
source "$parts/clusters.sh"
# shellcheck source=lib/tools.sh
source "$parts/tools.sh"
# shellcheck source=lib/record/record.sh
source "$parts/record/record.sh"
# shellcheck source=lib/preflight/members.sh
source "$parts/preflight/members.sh"
# shellcheck source=lib/record/created.sh
source "$parts/record/created.sh"
# shellcheck source=lib/apply/progress.sh
source "$parts/apply/progress.sh"
# shellcheck source=lib/destroy/destroy-preflight.sh
source "$parts/destroy/destroy-preflight.sh"
# shellcheck source=lib/destroy/delete.sh
source "$parts/destroy/delete.sh"
# shellcheck source=lib/destroy/undo.sh
source "$parts/destroy/undo.sh"
# shellcheck source=lib/apply/charts.sh
source "$parts/apply/charts.sh"
# shellcheck source=lib/engines.sh
source "$parts/engines.sh"
# shellcheck source=lib/destroy/remains.sh
source "$parts/destroy/remains.sh"

usage() {
  cat <<'TEXT'
usage: ./destroy.sh [options]

Removes what apply.sh created in the clusters of this directory, last wave first. It deletes only what the records of these
clusters list. It deletes a namespace only if apply.sh created it and nobody else has anything in it, and a
CustomResourceDefinition, Istio's included, only if it came with apply.sh and no object of it is left. You can stop it at
any time and run it again.

  --dry-run           list everything that would be deleted, and change nothing
  --only CLUSTER      remove this cluster and keep the others, which stop reading it; may be repeated. A cluster that
                      plan.tsv no longer names also needs --context
  --context CLUSTER=CONTEXT
                      the kubeconfig context to use for this cluster; may be repeated
  --timeout SECONDS   how long to wait for each condition, 300 by default
  --yes NAME          do not ask; NAME is the name of the federation, which you would otherwise have to type
  --help              show this text

It needs kubectl, and istioctl, helm and kubefedctl if they installed something. ConfigMap
kube-system/mesh-federation-NAME of each cluster records what was applied, and is deleted last. A cluster without this
ConfigMap is left alone. Exit status: 0 done, 1 failed, 2 invalid usage.
TEXT
}

main() {
  read_destroy_options "$@"
  set_strangers_aside
  read_plan "$here/plan.tsv"
  resolve_contexts
  take_strangers_in
  destroy_preflight
  if ((${#leaving[@]} == 0)); then
    say "nothing of $federation is recorded in any cluster"
    forget_removed_members
    return 0
  fi
  ask_for_the_name
  local wave waves
  mapfile -t waves < <(recorded_waves)
  for wave in "${waves[@]}"; do undo_wave "$wave"; done
  forget_removed_members
  undo_remains
  if [[ $mode == dry-run ]]; then say 'nothing was changed'; else say "done in $SECONDS s"; fi
}

# In every cluster: the clusters that stay may still read the clusters that are removed.
undo_wave() {
  local cluster
  for cluster in "${recorded[@]}"; do
    undo_wave_in "$cluster" "$1"
  done
}

trap say_where_destroy_stopped EXIT
main "$@"
