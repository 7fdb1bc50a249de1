#!/usr/bin/env bash
# Records facts about the clusters of this plan for the next synth. See --help.

# The directory part of the path that this script was called by, with its slash; empty in `bash discover.sh`.
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

Reads the clusters of this plan and writes facts about them to FILE, the lock beside the declaration: federation.lock.yaml
for federation.yaml. The next synth then expects exactly these clusters, and knows the addresses of their gateways.

For each cluster it writes the UID of namespace kube-system and the version of Kubernetes. As soon as they exist, it also
writes the address of the gateway and the sha256 of the root certificate in Secret istio-system/cacerts. It leaves out a
leaving cluster that no longer holds anything of the federation. It changes no cluster. If a cluster does not answer, it
writes nothing.

  --context CLUSTER=CONTEXT
                      the kubeconfig context to use for this cluster; may be repeated
  --help              show this text

It needs kubectl, and openssl for the root certificate. Exit status: 0 written, 1 failed, 2 invalid usage.
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
