# shellcheck shell=bash
# Removes KubeFed if the plan installed it, and the clusters that the plan joined to it. Everything that existed before stays.
# shellcheck disable=SC2034,SC2154 # read_chart sets `chart`, rendered_documents reads `rendered`
# shellcheck source=../../state.sh
source "${BASH_SOURCE[0]%/*}/../../state.sh"

readonly kubefed_controller_row=$'apps\tDeployment\tkube-federation-system\tkubefed-controller-manager'

undo_needs[kubefed-join]=kubefedctl undo_needs[kubefed-install-engine]=helm
is_left_once[kubefed-install-engine]=true is_about_another[kubefed-join]=true
earlier_undo[join]=kubefed-join earlier_undo[install-engine]=kubefed-install-engine

# Takes a cluster out of KubeFed. $1: the host; $2: the cluster; $3: its name in KubeFed.
undo_kubefed_join() {
  if ! is_created "$1" $'core.kubefed.io\tKubeFedCluster\tkube-federation-system\t'"$3"; then
    say "  left on $1: $2 had joined before"
    return 0
  fi
  say "  $2 leaves KubeFed"
  changes || return 0
  if has_object "$1" "kubefedcluster.core.kubefed.io/$3" "$engine_namespace"; then
    show kubefedctl unjoin "$3" --cluster-context="${context_of[$2]}" --host-cluster-context="${context_of[$1]}" --host-cluster-name="$1"
  fi
  # Kubernetes deletes the namespace in the background, with every object that is created in it meanwhile. On the host it is
  # KubeFed's own namespace.
  [[ $2 == "$1" ]] || wait_until_gone "$2 has not deleted its namespace $engine_namespace yet" \
    ask "$2" get namespace "$engine_namespace" --ignore-not-found --output=name
}

# Removes KubeFed. $1: the host; then the release, the version and the repository of the chart.
undo_kubefed_install_engine() {
  local chart rendered crd=customresourcedefinition
  if ! is_created "$1" "$kubefed_controller_row"; then
    say "  left on $1: KubeFed was there before"
    return 0
  fi
  say '  KubeFed is removed'
  changes || return 0
  read_chart "${@:2:3}"
  rendered=$(helm template "$2" "${chart[@]}" --namespace="$engine_namespace" --no-hooks)
  # Only the controller removes the finalizers of FederatedTypeConfigs, so they are deleted before it.
  if has_object "$1" "$crd/federatedtypeconfigs.core.kubefed.io" -; then
    delete_chosen "$1" federatedtypeconfigs.core.kubefed.io --all --namespace="$engine_namespace"
    rendered_documents late | delete_piped "$1" --namespace="$engine_namespace"
  fi
  rendered_documents early | delete_piped "$1"
  helm show crds "${chart[@]}" | delete_piped "$1"
  delete_at_once "$1" - "namespace/$engine_namespace"
}

delete_piped() { kube "$1" delete --filename=- "${@:2}" --ignore-not-found --timeout="${timeout}s" | told; }
