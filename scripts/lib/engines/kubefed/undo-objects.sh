# shellcheck shell=bash
# Undoes what KubeFed delivered. KubeFed deletes the copies of an object that is deleted on the host, and its finalizers wait for
# that. A FederatedNamespace would take the namespaces of all members along, even those that existed before, so it is deleted
# alone, at the end.
# shellcheck disable=SC2034 # undo_apply reads `rest`
# shellcheck source=../../state.sh
source "${BASH_SOURCE[0]%/*}/../../state.sh"

# Deletes KubeFed's own objects. $1: the host; $2: rows of objects.
kubefed_undo_objects() {
  local row
  # The objects in a namespace are deleted first. Deleted together with their FederatedNamespace, they would race with it.
  delete_objects "$1" < <(rows_without $'\tFederatedNamespace\t' "$(rows_with $'^types\\.kubefed\\.io\t' "$2")")
  while IFS= read -r row; do
    if [[ $row == $'types.kubefed.io\tFederatedNamespace\t'* ]]; then undo_federated_namespace "$1" "$row"; fi
  done <<<"$2"
  rest=$(rows_without $'^types\\.kubefed\\.io\t' "$rest")
}

undo_federated_namespace() {
  local name=${2##*$'\t'} others=''
  is_in "$1" "$2" || return 0
  # In a dry run our own objects still exist.
  if changes; then others=$(others_federated_in "$1" "$name"); fi
  if ! is_created "$1" "$2" || [[ -n $others ]]; then
    say "  left on $1: federatednamespace/$name: ${others:-it was there before}"
    disown_everywhere "$name"
    return 0
  fi
  keep_only_brought "$1" "$name"
  delete_orphaning "$1" "federatednamespace.types.kubefed.io/$name" "$name"
}

# Prints the objects that somebody else has federated in a namespace.
others_federated_in() {
  local kinds
  kinds=$(kube "$1" api-resources --api-group=types.kubefed.io --namespaced --output=name | sed '/^federatednamespaces\./d' | paste -sd , -)
  [[ -n $kinds ]] || return 0
  ask "$1" --namespace="$2" get "$kinds" --output=name | paste -sd ' ' -
}

# Disowns a namespace in the clusters to which KubeFed has not brought it. Once KubeFed is deleting the FederatedNamespace, the
# labels no longer tell.
keep_only_brought() {
  [[ -z $(ask "$1" --namespace="$2" get "federatednamespace.types.kubefed.io/$2" --output='jsonpath={.metadata.deletionTimestamp}') ]] || return 0
  disown_unbrought kubefed $'-\tNamespace\t-\t'"$2"
}

disown_everywhere() {
  local cluster
  for cluster in "${recorded[@]}"; do disown_in "$cluster" $'-\tNamespace\t-\t'"$1"; done
}

# Deletes a federated object and keeps its copies. $1: the host; $2: the object; $3: its namespace.
delete_orphaning() {
  has_object "$1" "$2" "$3" || return 0
  if changes; then kube "$1" --namespace="$3" annotate "$2" kubefed.io/orphan=true --overwrite >/dev/null; fi
  delete_at_once "$1" "$3" "$2"
}
