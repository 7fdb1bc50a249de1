# shellcheck shell=bash
# Objects that did not exist before the first apply, of the kinds whose deletion also deletes other people's objects.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# Whether an engine acts on other clusters because of the objects in this one.
delivers_elsewhere() {
  local step
  for step in "${!step_wave[@]}"; do
    if [[ ${step_cluster[step]} == "$1" && ${step_engine[step]} != - && ${step_action[step]} != none ]]; then return 0; fi
  done
  return 1
}

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

disown_in() {
  disown "$1" "$2"
  if changes; then write_record "$1"; fi
}

# Disowns a namespace in each cluster that lacked it before and to which the engine has not brought it: by now it is somebody
# else's. This must run while the namespaces still have the engine's label. $1: the engine; $2: the row of the namespace; $3: a
# server that is left out, because no engine brings it anything.
disown_unbrought() {
  local cluster
  for cluster in "${recorded[@]}"; do
    if [[ $cluster != "${3:-}" ]] && is_created "$cluster" "$2" && [[ ${recorded_objects[$cluster]} != *"$2"* ]] &&
      ! is_labelled "$cluster" "${2##*$'\t'}" "${engine_label[$1]}"; then
      disown_in "$cluster" "$2"
    fi
  done
}

# A pattern that matches rows of the kinds whose objects hold other objects.
holding_pattern() { printf '\t(%s)\t' "$(IFS='|'; printf '%s' "${holding_kinds[*]}")"; }

# Prints a row `group kind namespace name` for each object of these kinds that a run creates.
to_be_created() {
  local step thing
  current_in "$1" | cut -f 2- | grep -E "$(holding_pattern)" || true
  for step in "${!step_wave[@]}"; do
    while IFS= read -r thing; do
      row_of_brought "$1" "$step" "$thing"
    done < <(words_of "${step_brings[step]}")
  done
  if [[ $1 != federation && -n $cacerts ]]; then printf '%s\n' "$cacerts_secret"; fi
}

# A row for one thing that a step brings to a cluster. $1: the cluster; $2: the step; $3: a word of its column `brings`. `all:`
# marks a thing that an engine brings to every cluster, or only to others: destroy.sh checks which before it deletes it. Kinds
# that files bring are in objects.tsv.
row_of_brought() {
  local kind group=- namespace=- rest
  if [[ $3 == all:* ]]; then
    [[ $1 != federation ]] || return 0
  elif [[ ${step_cluster[$2]} != "$1" ]]; then
    return 0
  fi
  if [[ $3 == '*.istio.io' && ${step_undo[$2]} != - ]]; then printf '%s\n' "$istio_crds"; fi
  [[ $3 == */* ]] || return 0
  kind=${3#all:} rest=${3#*/}
  kind=${kind%%/*}
  if [[ $kind == *.* ]]; then group=${kind#*.} kind=${kind%%.*}; fi
  if [[ $rest == */* ]]; then namespace=${rest%%/*}; fi
  printf '%s\t%s\t%s\t%s\n' "$group" "$kind" "$namespace" "${rest##*/}"
}

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

# Istio's CRDs in a cluster. The Sail operator's own CRD is not among them.
istio_crds_of() { ask "$1" get customresourcedefinitions --output=name | sed -n 's|.*/\(.*\.istio\.io\)$|\1|p'; }

# A resource in the form that kubectl expects.
resource_of() { if [[ $1 == - ]]; then printf '%s/%s' "$2" "$3"; else printf '%s.%s/%s' "$2" "$1" "$3"; fi; }

# Ends the script if the cluster gives no clear answer: "I do not know" is not "no".
has_object() {
  local flag answer
  flag=$(namespace_flag "$3")
  if answer=$(ask "$1" ${flag:+"$flag"} get "$2" --ignore-not-found --output=name 2>&1); then
    # The name has a line of its own, since kubectl may print warnings, too.
    [[ $answer$'\n' == *"/${2#*/}"$'\n'* ]]
    return
  fi
  is_unknown_kind "$answer" ||
    fail "cannot tell whether $1 has $2: ${answer##*$'\n'}" 'run this script again when the cluster answers'
  return 1
}

# Whether kubectl refused because the cluster has no such kind.
is_unknown_kind() { [[ $1 == *"the server doesn't have a resource type"* ]]; }
