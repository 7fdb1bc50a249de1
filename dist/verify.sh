#!/usr/bin/env bash
# Compares where calls go with where they should, and then calls. See --help.

# The directory of this file as it was called, with a slash at its end; nothing in `bash verify.sh`.
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
# shellcheck source=lib/gates.sh
source "$parts/gates.sh"
# shellcheck source=lib/istio-health.sh
source "$parts/istio-health.sh"
# shellcheck source=lib/verify/expected.sh
source "$parts/verify/expected.sh"
# shellcheck source=lib/verify/tables.sh
source "$parts/verify/tables.sh"
# shellcheck source=lib/verify/proxies.sh
source "$parts/verify/proxies.sh"
# shellcheck source=lib/verify/links.sh
source "$parts/verify/links.sh"
# shellcheck source=lib/verify/service-links.sh
source "$parts/verify/service-links.sh"
# shellcheck source=lib/verify/compare.sh
source "$parts/verify/compare.sh"
# shellcheck source=lib/verify/calls.sh
source "$parts/verify/calls.sh"
# shellcheck source=lib/verify/verdict.sh
source "$parts/verify/verdict.sh"

usage() {
  cat <<'TEXT'
usage: ./verify.sh [options]

Looks at every link between the clusters of this plan, compares the endpoints that the proxies of each cluster have with
those that services.tsv leads to, then calls each HTTP service from each cluster and counts which endpoint took the calls. It
changes nothing.

  --calls N           calls of each service from each cluster, 100 by default; 0 for none
  --path PATH         the path that is called, / by default; every status but 502, 503 and 504 is an answer
  --service HOST      only this service, such as helloworld.sample; may be repeated
  --client NAMESPACE/DEPLOYMENT
                      whose pods call. By default any pod with a sidecar and curl, those of directly delivered
                      Deployments first
  --only CLUSTER      as seen from this cluster only; may be repeated
  --context CLUSTER=CONTEXT
                      the context of the kubeconfig that is this cluster here; may be repeated
  --timeout SECONDS   how long to wait until the endpoints match, 60 by default
  --json              the result as JSON instead of a table
  --help              this text

It needs kubectl; with istioctl it also asks istiod whether it reads the other clusters. The result is on stdout, what is
wrong on stderr: the first link that is broken, and what to do. Exit status: 0 all as expected, 1 not so, 2 not understood.
TEXT
}

main() {
  read_verify_options "$@"
  read_plan "$here/plan.tsv"
  read_endpoints
  resolve_contexts
  identify_clusters
  fail_on_problems
  check_links
  find_clients
  compare_endpoints
  call_services
  print_verdict
}

main "$@"
