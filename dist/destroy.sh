#!/usr/bin/env bash
# Takes away what apply.sh has brought to the clusters of this plan, last wave first. See --help.

# The directory of this file as it was called, with a slash at its end; nothing in `bash destroy.sh`.
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
# shellcheck source=lib/destroy-options.sh
source "$parts/destroy-options.sh"
# shellcheck source=lib/plan.sh
source "$parts/plan.sh"
# shellcheck source=lib/clusters.sh
source "$parts/clusters.sh"
# shellcheck source=lib/tools.sh
source "$parts/tools.sh"
# shellcheck source=lib/record.sh
source "$parts/record.sh"
# shellcheck source=lib/members.sh
source "$parts/members.sh"
# shellcheck source=lib/created.sh
source "$parts/created.sh"
# shellcheck source=lib/progress.sh
source "$parts/progress.sh"
# shellcheck source=lib/destroy-preflight.sh
source "$parts/destroy-preflight.sh"
# shellcheck source=lib/delete.sh
source "$parts/delete.sh"
# shellcheck source=lib/undo.sh
source "$parts/undo.sh"
# shellcheck source=lib/charts.sh
source "$parts/charts.sh"
# shellcheck source=lib/engines.sh
source "$parts/engines.sh"
# shellcheck source=lib/remains.sh
source "$parts/remains.sh"

usage() {
  cat <<'TEXT'
usage: ./destroy.sh [options]

Takes away what apply.sh has brought to the clusters of this directory, last wave first: what their records name, and no
more. A namespace goes only if apply.sh made it and nobody else has anything in it; a CustomResourceDefinition, Istio's
included, only if it came with apply.sh and no object of it is left. It may be stopped at any time and run again.

  --dry-run           say everything that would go; changes nothing
  --only CLUSTER      take this cluster out and leave the others; they read it no more. May be repeated. A cluster that
                      plan.tsv does not name any more needs its --context, too
  --context CLUSTER=CONTEXT
                      the context of the kubeconfig that is this cluster here; may be repeated
  --timeout SECONDS   how long to wait for each thing, 300 by default
  --yes NAME          do not ask; NAME is the federation's, as you would have to type it
  --help              this text

It needs kubectl, and istioctl, helm and kubefedctl where they have brought something. What it knows is in ConfigMap
kube-system/mesh-federation-NAME of each cluster, which goes last; a cluster without one is left alone. Exit status: 0 done,
1 failed, 2 not understood.
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
    forget_who_goes
    return 0
  fi
  ask_for_the_name
  local wave waves
  mapfile -t waves < <(recorded_waves)
  for wave in "${waves[@]}"; do undo_wave "$wave"; done
  forget_who_goes
  undo_remains
  if [[ $mode == dry-run ]]; then say 'nothing was changed'; else say "done in $SECONDS s"; fi
}

# Of every cluster: who stays may still read who leaves.
undo_wave() {
  local cluster
  for cluster in "${recorded[@]}"; do
    undo_wave_in "$cluster" "$1"
  done
}

trap say_where_destroy_stopped EXIT
main "$@"
