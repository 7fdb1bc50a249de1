#!/usr/bin/env bash
# Writes down what the clusters of this plan are, for the next synth. See --help.

# The directory of this file as it was called, with a slash at its end; nothing in `bash discover.sh`.
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
# shellcheck source=lib/gateways.sh
source "$parts/gateways.sh"
# shellcheck source=lib/certificates.sh
source "$parts/certificates.sh"
# shellcheck source=lib/record.sh
source "$parts/record.sh"
# shellcheck source=lib/members.sh
source "$parts/members.sh"
# shellcheck source=lib/facts.sh
source "$parts/facts.sh"

usage() {
  cat <<'TEXT'
usage: ./discover.sh [--context CLUSTER=CONTEXT]... FILE

Reads the clusters of this plan and writes what they are to FILE, the lock beside the declaration: federation.lock.yaml
for federation.yaml. The next synth then expects exactly these clusters, and knows the addresses of their gateways.

It writes for each cluster the UID of its namespace kube-system, its version of Kubernetes, the address of its gateway
and the sha256 of the root certificate in Secret istio-system/cacerts, these two as soon as they are there. A leaving
cluster that holds nothing of the federation any more is left out. It changes no cluster. Nothing is written if one does
not answer.

  --context CLUSTER=CONTEXT
                      the context of the kubeconfig that is this cluster here; may be repeated
  --help              this text

It needs kubectl, and openssl for the root certificate. Exit status: 0 written, 1 failed, 2 not understood.
TEXT
}

main() {
  read_discover_options "$@"
  read_plan "$here/plan.tsv"
  resolve_contexts
  local cluster lines=('# Observed by discover.sh; do not edit.' 'clusters:')
  while IFS= read -r cluster; do
    observe "$cluster"
  done < <(cut -f 2 "$here/plan.tsv" | tail -n +2 | grep -vx federation | sort -u)
  fail_on_problems
  write_lock
  say "wrote $(printf '%q' "$lock")"
}

main "$@"
