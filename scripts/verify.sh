#!/usr/bin/env bash
# Compares the endpoints of the proxies with the expected ones, and then makes calls. See --help.

# The directory part of the path that this script was called by, with its slash; empty in `bash verify.sh`.
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
# shellcheck source=lib/gates/gates.sh
source "$parts/gates/gates.sh"
# shellcheck source=lib/gates/istio-health.sh
source "$parts/gates/istio-health.sh"
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

Checks every link between the clusters of this plan and compares the endpoints that the proxies of each cluster have with
the tables of this output. Then it calls each HTTP service from each cluster and counts which endpoint received the calls. It
changes nothing.

  --calls N           number of calls to each service from each cluster, 100 by default; 0 makes no calls
  --path PATH         the path to call, / by default; every status except 502, 503 and 504 counts as an answer
  --service HOST      check this service only, such as helloworld.sample; may be repeated
  --client NAMESPACE/DEPLOYMENT
                      the Deployment whose pods make the calls. By default any pod with a sidecar and curl makes them; pods
                      of directly delivered Deployments come first
  --only CLUSTER      check from this cluster only; may be repeated
  --context CLUSTER=CONTEXT
                      the kubeconfig context to use for this cluster; may be repeated
  --timeout SECONDS   how long to wait until the endpoints match, 60 by default
  --json              print the result as JSON instead of a table
  --help              show this text

It needs kubectl. With istioctl it also asks istiod whether it reads the other clusters. The result goes to stdout. Problems
go to stderr: the first broken link, and how to fix it. Exit status: 0 all as expected, 1 problems found, 2 invalid usage.
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
