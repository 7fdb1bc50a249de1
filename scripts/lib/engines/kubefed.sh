# shellcheck shell=bash
# KubeFed: Federated objects on the host, from which its controller makes objects in every cluster.
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
# Deleting a FederatedNamespace deletes its namespace in every cluster.
holding_kinds+=(FederatedNamespace)

# Puts KubeFed's object for a cluster into the caller's `resource`. $1: KubeFed's name for the cluster.
kubefed_registration() { resource=(--namespace="$engine_namespace" get "kubefedcluster.core.kubefed.io/$1"); }

# Prints the clusters that KubeFed does not reach.
kubefed_unready() { not_ready_in "$1" kubefedclusters.core.kubefed.io --namespace="$engine_namespace"; }

kubefed_how_to_get() { echo 'install KubeFed and join the clusters: see docs/engines.md of mesh-federation'; }

# Waits until KubeFed watches the type of a FederatedTypeConfig. $1: the host; then a row of objects.
kubefed_type_enabled() {
  [[ $3 == FederatedTypeConfig ]] || return 0
  show kube "$1" --namespace="$4" wait --for='jsonpath={.status.propagationController}=Running' "federatedtypeconfig/$5" \
    --timeout="${timeout}s"
}

# Waits until KubeFed has propagated an object. $1: the host; then a row of objects.
kubefed_propagated() {
  wait_until "$3 $5 is not propagated" is_propagated "$1" "$3.types.kubefed.io/$5" "$4"
}

# Prints yes if the current generation of an object is propagated. Before KubeFed 0.6 the status does not name its generation.
is_propagated() {
  local state flag generation observed status
  flag=$(namespace_flag "$3")
  state=$(ask "$1" get "$2" ${flag:+"$flag"} --output='jsonpath={.metadata.generation} {.status.observedGeneration} {.status.conditions[?(@.type=="Propagation")].status}')
  read -r generation observed status <<<"$state"
  if [[ -z $status ]]; then status=$observed observed=$generation; fi
  if [[ $generation == "$observed" && $status == True ]]; then echo yes; fi
}

# Applies the Secret cacerts of the host as a FederatedSecret; no file contains the key. $1: the host; then KubeFed's names for
# the clusters that get the Secret.
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
