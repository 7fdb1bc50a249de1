# shellcheck shell=bash
# Parts of Istio that are missing in a cluster that has Istio.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# Whether pods would start without sidecars: Istio is there, but the webhook that injects sidecars is missing. A cluster that
# does not answer counts as complete.
injector_is_missing() {
  local istiod webhook
  # Every cluster with Istio has this Service, even a remote: its webhook calls the Service.
  istiod=$(ask "$1" --namespace=istio-system get service/istiod --ignore-not-found --output=name 2>/dev/null) || return 1
  [[ -n $istiod ]] || return 1
  webhook=$(ask "$1" get mutatingwebhookconfiguration/istio-sidecar-injector --ignore-not-found --output=name 2>/dev/null) ||
    return 1
  [[ -z $webhook ]]
}

# If this run installs Istio, the webhook comes back.
check_injector() {
  local step
  if ! injector_is_missing "$1"; then return 0; fi
  for step in "${steps[@]}"; do
    [[ ${step_cluster[step]} == "$1" ]] || continue
    case ${step_wait[step]} in
      istiod-available | injector-available)
        warn "$1: Istio's webhook istio-sidecar-injector is missing; ${step_wave[step]} brings it back"
        return 0
        ;;
    esac
  done
  note_problem "$1: Istio's webhook istio-sidecar-injector is missing, and pods would start without sidecars" \
    'run the step that installs Istio, too'
}
