#!/usr/bin/env bash
# Applies the output beside it to the clusters of that output, in the order of plan.tsv. See --help.

# The directory part of the path that this script was called by, with its slash; empty in `bash apply.sh`.
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
# shellcheck source=lib/plan.sh
source "$parts/plan.sh"
# shellcheck source=lib/clusters.sh
source "$parts/clusters.sh"
# shellcheck source=lib/gates/gateways.sh
source "$parts/gates/gateways.sh"
# shellcheck source=lib/preflight/certificates.sh
source "$parts/preflight/certificates.sh"
# shellcheck source=lib/preflight/preflight.sh
source "$parts/preflight/preflight.sh"
# shellcheck source=lib/record/record.sh
source "$parts/record/record.sh"
# shellcheck source=lib/record/created.sh
source "$parts/record/created.sh"
# shellcheck source=lib/apply/progress.sh
source "$parts/apply/progress.sh"
# shellcheck source=lib/apply/prune.sh
source "$parts/apply/prune.sh"
# shellcheck source=lib/apply/charts.sh
source "$parts/apply/charts.sh"
# shellcheck source=lib/engines.sh
source "$parts/engines.sh"
# shellcheck source=lib/preflight/members.sh
source "$parts/preflight/members.sh"
# shellcheck source=lib/apply/actions.sh
source "$parts/apply/actions.sh"
# shellcheck source=lib/gates/gates.sh
source "$parts/gates/gates.sh"

usage() {
  cat <<'TEXT'
usage: ./apply.sh [options]

Applies this directory to its clusters, step by step in the order of plan.tsv. After each step it waits until the next one
can start. You can stop it at any time and run it again: a step changes nothing if everything is already as it should be.

  --dry-run           let the servers validate the changes, and change nothing
  --diff              show the changes, and make none; exit status 1 if there are any
  --from WAVE         start with this wave, such as 40-remote; the waves before it must be done
  --only CLUSTER      run the steps of this cluster only; may be repeated
  --context CLUSTER=CONTEXT
                      the kubeconfig context to use for this cluster; may be repeated
  --cacerts DIRECTORY create Secret istio-system/cacerts of each cluster from DIRECTORY/CLUSTER: ca-cert.pem, ca-key.pem,
                      root-cert.pem, cert-chain.pem. Without this option the Secret must exist before wave 20
  --timeout SECONDS   how long to wait for each condition, 300 by default
  --prune             delete objects that an earlier output applied and this one no longer has. Namespaces,
                      FederatedNamespaces and CustomResourceDefinitions stay: everything in them would be deleted, too.
                      A leaving cluster is pruned without this option, unless --only is given
  --force-conflicts   take over fields that somebody else has set to other values; without it the servers refuse
  --yes               do not ask before the first change
  --help              show this text

It needs kubectl, and istioctl, helm or kubefedctl if plan.tsv has steps for them. It never switches the current context and
stores nothing on this machine: ConfigMap kube-system/mesh-federation-NAME of each cluster records what was applied.
Exit status: 0 done, 1 failed, 2 invalid usage, 130 interrupted.
TEXT
}

main() {
  read_options "$@"
  read_plan "$here/plan.tsv"
  check_actions
  resolve_contexts
  preflight
  say_progress
  ask_before_changing
  local step
  for step in "${steps[@]}"; do
    take_step "$step"
  done
  current_step=''
  prune_clusters
  if [[ $mode == apply ]]; then
    say "done in $SECONDS s; run ./verify.sh to see how calls are spread"
    return 0
  fi
  say "nothing was changed; steps that cannot be tried before earlier ones: $untried"
  ((differences == 0 && untried == 0)) || exit 1
}

prune_clusters() {
  local cluster
  # shellcheck disable=SC2034 # say_where_it_stopped reads it
  for cluster in "${!context_of[@]}"; do
    if is_pruned "$cluster"; then
      say "prune  $cluster"
      current_prune=$cluster
      prune "$cluster"
    fi
  done
}

# A leaving cluster is always pruned, except with --only: the clusters left out may still send calls to it.
is_pruned() {
  if [[ $prunes == true ]]; then is_wanted "$1"; else is_leaving "$1" && ((${#only[@]} == 0)); fi
}

# Runs one step and waits for its gate. If this fails, the trap below prints how to continue.
take_step() {
  current_step=$1
  local wave=${step_wave[$1]} cluster=${step_cluster[$1]} action=${step_action[$1]} began=$SECONDS
  [[ $action != none ]] || return 0
  say "$wave  $cluster  $action  ${step_path[$1]/#-/}"
  if [[ $mode == apply ]]; then record_before_changing "$cluster"; fi
  "action_${action//-/_}" "$1"
  if [[ $mode == apply ]]; then
    hold_gate "$1"
    note_progress "$1"
    say "  done in $((SECONDS - began)) s"
  fi
}

trap say_where_it_stopped EXIT
trap 'say interrupted; exit 130' INT
trap 'say interrupted; exit 143' TERM
main "$@"
