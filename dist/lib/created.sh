# shellcheck shell=bash
# Objects that did not exist before the first apply, of the kinds whose deletion also deletes other people's objects.
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

# Whether an engine acts on other clusters because of the objects in this one.
delivers_elsewhere() { [[ $1 == federation || $(current_in "$1") == *$'\tFederatedNamespace\t'* ]]; }

# Adds the objects to be created in a cluster to its record. Existing objects are somebody else's, or recorded before.
note_created() {
  local row
  while IFS= read -r row; do
    if ! is_created "$1" "$row" && ! is_in "$1" "$row"; then
      recorded_created[$1]=$(joined "${recorded_created[$1]}" "$row")
    fi
  done < <(to_be_created "$1" | sort -u)
}

is_created() { [[ $'\n'${recorded_created[$1]}$'\n' == *$'\n'"$2"$'\n'* ]]; }

disown() { recorded_created[$1]=$(grep -vxF -- "$2" <<<"${recorded_created[$1]}") || true; }

# Rows `group kind namespace name`.
to_be_created() {
  local actions action name
  actions=$(current_commands "$1" | cut -f 2)
  current_in "$1" | cut -f 2- | grep -E $'\t(Namespace|FederatedNamespace|CustomResourceDefinition)\t' || true
  # Namespaces that an engine creates, here or only in other clusters: destroy.sh checks which before it deletes them.
  if [[ $1 != federation ]]; then
    awk -F '\t' -v OFS='\t' '$4 == "FederatedNamespace" || ($1 == "federation" && $4 == "Namespace") { print "-", "Namespace", "-", $6 }' \
      "$here/objects.tsv"
  fi
  if [[ $actions =~ istioctl-install|helm-upgrade ]]; then printf '%s\n' "$istio_crds"; fi
  if [[ $actions == *install-engine* ]]; then printf '%s\n' "$engine_row"; fi
  current_commands "$1" | while IFS=$'\t' read -r _ action _ _ name _; do
    if [[ $action == join ]]; then row_of_join "$name"; fi
  done
  if [[ $1 != federation && (-n $cacerts || " ${step_action[*]} " == *' federated-cacerts '*) ]]; then printf '%s\n' "$cacerts_secret"; fi
}

row_of_join() { printf 'core.kubefed.io\tKubeFedCluster\tkube-federation-system\t%s\n' "$1"; }

# Whether a cluster has the object of a row.
is_in() {
  local group kind namespace name crds
  IFS=$'\t' read -r group kind namespace name <<<"$2"
  if [[ $2 == "$istio_crds" ]]; then
    crds=$(istio_crds_of "$1") || fail "cannot tell whether $1 has Istio's CustomResourceDefinitions" 'run this script again when the cluster answers'
    [[ -n $crds ]]
  else
    has_object "$1" "$(resource_of "$group" "$kind" "$name")" "$namespace"
  fi
}

# Without the CRDs of the Sail operator, which installed them itself.
istio_crds_of() { ask "$1" get customresourcedefinitions --output=name | sed -n 's|.*/\(.*\.istio\.io\)$|\1|p'; }

# A resource in the form that kubectl expects.
resource_of() { if [[ $1 == - ]]; then printf '%s/%s' "$2" "$3"; else printf '%s.%s/%s' "$2" "$1" "$3"; fi; }

# Ends the script if the cluster gives no clear answer: "I do not know" is not "no".
has_object() {
  local flag answer
  flag=$(namespace_flag "$3")
  if answer=$(ask "$1" ${flag:+"$flag"} get "$2" --ignore-not-found --output=name 2>&1); then
    # On a line of its own: kubectl may print warnings, too.
    [[ $answer$'\n' == *"/${2#*/}"$'\n'* ]]
    return
  fi
  is_unknown_kind "$answer" ||
    fail "cannot tell whether $1 has $2: ${answer##*$'\n'}" 'run this script again when the cluster answers'
  return 1
}

# Whether kubectl refused because the cluster has no such kind.
is_unknown_kind() { [[ $1 == *"the server doesn't have a resource type"* ]]; }
