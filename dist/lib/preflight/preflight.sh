# shellcheck shell=bash
# Before the first change: checks everything that would stop a later step, and reports all problems at once.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"
# shellcheck source=../tools.sh
source "${BASH_SOURCE[0]%/*}/../tools.sh"
# shellcheck source=kinds.sh
source "${BASH_SOURCE[0]%/*}/kinds.sh"
# shellcheck source=permissions.sh
source "${BASH_SOURCE[0]%/*}/permissions.sh"
# shellcheck source=../gates/registrations.sh
source "${BASH_SOURCE[0]%/*}/../gates/registrations.sh"
# shellcheck source=trust.sh
source "${BASH_SOURCE[0]%/*}/trust.sh"
# shellcheck source=capacity.sh
source "${BASH_SOURCE[0]%/*}/capacity.sh"
# shellcheck source=../gates/istio-health.sh
source "${BASH_SOURCE[0]%/*}/../gates/istio-health.sh"

preflight() {
  say '00-preflight'
  check_tools
  local cluster
  identify_clusters
  # In a cluster that does not answer, or is another one, nothing else can be checked.
  for cluster in "${answering[@]}"; do check_cluster "$cluster"; done
  check_members
  check_joins
  check_registrations
  check_roots
  fail_on_problems
}

check_cluster() {
  local args
  local -A resource_of=()
  read_preflight_args "$1"
  check_version "$1" "${args[1]:-}" "${args[2]:-}"
  read_kinds "$1"
  check_kinds "$1"
  check_permissions "$1"
  check_gateway "$1"
  check_injector "$1"
  check_capacity "$1" "${args[5]:-}" "${args[6]:-}"
}

# $2, $3: the first and the last Kubernetes that this Istio is supported on.
check_version() {
  local first last version minor
  [[ $2 =~ ^1\.([0-9]{1,3})$ ]] || return 0
  first=${BASH_REMATCH[1]}
  [[ $3 =~ ^1\.([0-9]{1,3})$ ]] || return 0
  last=${BASH_REMATCH[1]}
  version=$(kubernetes_version "$1")
  [[ $version =~ ^v?1\.([0-9]{1,3})\. ]] || return 0
  minor=${BASH_REMATCH[1]}
  if ((10#$minor < 10#$first || 10#$minor > 10#$last)); then
    note_problem "$1: Kubernetes is $version, Istio is supported on $2 to $3" 'use a cluster with a supported version, or another Istio'
  fi
}
