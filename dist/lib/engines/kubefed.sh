# shellcheck shell=bash
# KubeFed: Federated objects on the host, of which its controller makes objects in every cluster.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"
# shellcheck source=kubefed/install.sh
source "${BASH_SOURCE[0]%/*}/kubefed/install.sh"
# shellcheck source=kubefed/join.sh
source "${BASH_SOURCE[0]%/*}/kubefed/join.sh"
# shellcheck source=kubefed/undo-objects.sh
source "${BASH_SOURCE[0]%/*}/kubefed/undo-objects.sh"
# shellcheck source=kubefed/undo-installation.sh
source "${BASH_SOURCE[0]%/*}/kubefed/undo-installation.sh"

engine_title[kubefed]=KubeFed
engine_group[kubefed]=types.kubefed.io
engine_label[kubefed]=kubefed.io/managed
engine_unjoin[kubefed]='kubefedctl unjoin'
# With one of these goes a namespace of every cluster.
holding_kinds+=(FederatedNamespace)

# Its object for a cluster, in the caller's `resource`. $1: the name that it gives the cluster.
kubefed_registration() { resource=(--namespace="$engine_namespace" get "kubefedcluster.core.kubefed.io/$1"); }

# Prints the clusters that KubeFed does not reach.
kubefed_unready() { not_ready_in "$1" kubefedclusters.core.kubefed.io --namespace="$engine_namespace"; }

kubefed_how_to_get() { echo 'install KubeFed and join the clusters: see docs/engines.md of mesh-federation'; }

# For one row of objects. From then on KubeFed watches the type.
kubefed_type_enabled() {
  [[ $3 == FederatedTypeConfig ]] || return 0
  show kube "$1" --namespace="$4" wait --for='jsonpath={.status.propagationController}=Running' "federatedtypeconfig/$5" \
    --timeout="${timeout}s"
}

# For one row of objects.
kubefed_propagated() {
  wait_until "$3 $5 is not propagated" is_propagated "$1" "$3.types.kubefed.io/$5" "$4"
}

# True, for the current generation of the object. Before KubeFed 0.6 the status does not name its generation.
is_propagated() {
  local state flag generation observed status
  flag=$(namespace_flag "$3")
  state=$(ask "$1" get "$2" ${flag:+"$flag"} --output='jsonpath={.metadata.generation} {.status.observedGeneration} {.status.conditions[?(@.type=="Propagation")].status}')
  read -r generation observed status <<<"$state"
  if [[ -z $status ]]; then status=$observed observed=$generation; fi
  if [[ $generation == "$observed" && $status == True ]]; then echo yes; fi
}

# The Secret cacerts of a cluster as its own kind, for a server; the key is in no file. $1: the cluster; then the clusters that
# get it, by the names that it gives them.
kubefed_carry_cacerts() {
  local name template='apiVersion: types.kubefed.io/v1beta1
kind: FederatedSecret
metadata: {name: cacerts, namespace: istio-system}
spec:
  placement:
    clusters:'
  for name in "${@:2}"; do template+=$'\n'"      - {name: $name}"; done
  # shellcheck disable=SC2016 # the dollars are the template's own
  template+='
  template:
    type: Opaque
    data:
{{range $key, $value := .data}}      {{printf "%q: %q\n" $key $value}}{{end}}'
  ask "$1" --namespace=istio-system get secret cacerts --output="go-template=$template" | server_side_apply "$1" --filename=-
}

kubefed_rights_to_carry_cacerts() { rights_to_apply federatedsecrets.types.kubefed.io istio-system; }

# The copies stay: at the end destroy.sh deletes each copy that did not exist before.
is_left_once[kubefed-federated-cacerts]=true
earlier_undo[federated-cacerts]=kubefed-federated-cacerts
undo_kubefed_federated_cacerts() { delete_orphaning "$1" federatedsecret.types.kubefed.io/cacerts istio-system; }
