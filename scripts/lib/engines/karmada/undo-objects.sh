# shellcheck shell=bash
# Undoes what Karmada delivered. Karmada deletes the copies of a deleted template, but not those of a deleted policy. The policy
# that keeps the copies of a namespace must outlive the namespace.
# shellcheck disable=SC2034 # undo_apply reads `rest`
# shellcheck source=../../state.sh
source "${BASH_SOURCE[0]%/*}/../../state.sh"

# Deletes the objects of rows, except CustomResourceDefinitions. $1: Karmada; $2: the rows.
karmada_undo_objects() {
  local row templates policies namespaces
  policies=$(rows_with $'^policy\\.karmada\\.io\t' "$2")
  namespaces=$(rows_with $'^-\tNamespace\t' "$2")
  templates=$(rows_without $'^policy\\.karmada\\.io\t|^-\tNamespace\t|\tCustomResourceDefinition\t' "$2")
  while IFS= read -r row; do
    if [[ -n $row ]]; then keep_only_propagated "$1" "$row"; fi
  done <<<"$namespaces"
  delete_objects "$1" <<<"$templates"
  wait_for_copies "$templates"
  delete_objects "$1" < <(rows_without $'\t-\t' "$policies")
  while IFS= read -r row; do
    if [[ -n $row ]] && is_created "$1" "$row"; then remove_namespace "$1" "${row##*$'\t'}"; fi
  done <<<"$namespaces"
  delete_objects "$1" < <(rows_with $'\t-\t' "$policies")
  rest=''
}

# Disowns a namespace in the clusters to which Karmada has not brought it. Once Karmada is deleting the namespace, the labels no
# longer tell.
keep_only_propagated() {
  [[ $(ask "$1" get "namespace/${2##*$'\t'}" --ignore-not-found --output='jsonpath={.status.phase}') == Active ]] || return 0
  disown_unbrought karmada "$2" "$1"
}

# Waits until the copies are gone, which takes longer than the deletion of Karmada's own objects.
wait_for_copies() {
  local cluster
  for cluster in "${recorded[@]}"; do
    if [[ $cluster != federation ]]; then
      wait_until_gone "Karmada has not deleted everything in $cluster" copies_in "$cluster" "$1"
    fi
  done
}

copies_in() {
  local group kind namespace name flag answer
  while IFS=$'\t' read -r group kind namespace name; do
    [[ -n $name ]] || continue
    flag=$(namespace_flag "$namespace")
    answer=$(ask "$1" ${flag:+"$flag"} get "$(resource_of "$group" "$kind" "$name")" --ignore-not-found \
      --output="jsonpath={.metadata.labels.${engine_label[karmada]//./\\.}}" 2>&1) || true
    if [[ $answer == true ]]; then printf '%s/%s\n' "$kind" "$name"; fi
  done <<<"$2"
}
