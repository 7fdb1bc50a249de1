# shellcheck shell=bash
# The functions that undo the actions: `undo_ACTION CLUSTER ARGS...`. Each of them is idempotent.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# Prints the waves of all records, the last one first.
recorded_waves() {
  local cluster
  for cluster in "${recorded[@]}"; do
    printf '%s\n' "${recorded_objects[$cluster]}" "${recorded_commands[$cluster]}"
  done | cut -f 1 | grep . | sort -ru
}

# Undoes a wave in a cluster, and then takes it out of the record. $1: the cluster; $2: the wave.
undo_wave_in() {
  local commands objects
  commands=$(commands_to_undo "$1" | rows_of_wave "$2" | backwards)
  if is_wanted "$1"; then objects=$(rows_of_wave "$2" <<<"${recorded_objects[$1]}" | backwards); else objects=''; fi
  [[ -n $commands$objects ]] || return 0
  current_step="wave $2 on cluster $1"
  say "$2  $1"
  undo_commands "$1" "$commands"
  undo_apply "$1" "$(cut -f 2- <<<"$objects")"
  if changes; then
    recorded_objects[$1]=$(without "$objects" <<<"${recorded_objects[$1]}")
    recorded_commands[$1]=$(without "$commands" <<<"${recorded_commands[$1]}")
    recorded_progress[$1]=''
    write_record "$1"
  fi
}

rows_of_wave() { awk -F '\t' -v wave="$1" '$1 == wave'; }
backwards() { awk '{ line[NR] = $0 } END { for (n = NR; n > 0; n--) print line[n] }'; }

# Prints the lines of stdin that a text does not contain.
without() { grep -vxF -e "$1" || true; }

undo_commands() {
  local row fields
  while IFS= read -r row; do
    [[ -n $row ]] || continue
    IFS=$'\t' read -r -a fields <<<"$row"
    "undo_${fields[1]//-/_}" "$1" "${fields[@]:3}"
  done <<<"$2"
}

# Deletes the objects of rows ($2). An engine deletes its own objects in its own way, and leaves the other rows in `rest`.
# Objects that take other people's objects along are deleted at the very end, if at all.
undo_apply() {
  local engine rest=$2
  for engine in $(engines_in "$2"); do of_engine "$engine" undo_objects "$1" "$2"; done
  delete_objects "$1" < <(rows_without "$(holding_pattern)" "$rest")
  give_namespaces_back "$1" "$2"
}

# Print the rows of $2 that match a pattern, and those that do not.
rows_with() { grep -E -e "$1" <<<"$2" || true; }
rows_without() { grep -vE -e "$1" <<<"$2" || true; }

# Removes our labels from namespaces that belong to somebody else.
give_namespaces_back() {
  local row
  while IFS= read -r row; do
    [[ $row == $'-\tNamespace\t'* ]] || continue
    if is_created "$1" "$row" || ! is_in "$1" "$row" || ! changes; then continue; fi
    kube "$1" create namespace "${row##*$'\t'}" --dry-run=client --output=yaml |
      kube "$1" apply --server-side --field-manager="$field_manager" --filename=- >/dev/null
    say "  namespace/${row##*$'\t'} was there before: it stays, without our labels"
  done <<<"$2"
}

undo_remote_secret() {
  say "  $1 no longer reads $2"
  delete_at_once "$1" istio-system "secret/istio-remote-secret-$3"
  # This token was made for the readers of the cluster. All of them lose it if the cluster is removed.
  if [[ -n ${context_of[$2]:-} ]] && is_wanted "$2"; then
    delete_at_once "$2" istio-system secret/istio-reader-service-account-istio-remote-secret-token
  fi
}

# Names the installation as istioctl stores it (docs/decisions/0003) instead of a file, which may be gone.
undo_istioctl_install() {
  local experimental=()
  say '  istioctl uninstalls Istio'
  if changes; then
    # In some versions, such as 1.7, the command was still experimental.
    if ! istioctl uninstall --help >/dev/null 2>&1; then experimental=(x); fi
    istioctl "${experimental[@]}" uninstall --context="${context_of[$1]}" --filename=- --skip-confirmation <<'YAML' | awk 1 >&2
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata:
  name: installed-state
  namespace: istio-system
YAML
  fi
  # Several installations would share these objects, so istioctl leaves them.
  delete_chosen "$1" serviceaccounts,services --namespace=istio-system --selector="$owned_by_installation"
  delete_chosen "$1" clusterroles,clusterrolebindings,validatingwebhookconfigurations,mutatingwebhookconfigurations \
    --selector="$owned_by_installation"
  wait_until_gone "istiod of $1 is still there" ask "$1" --namespace=istio-system get pods --selector=app=istiod,istio.io/rev=default --output=name
}

readonly owned_by_installation=install.operator.istio.io/owning-resource=installed-state

undo_helm_upgrade() {
  say "  helm uninstalls $2"
  changes || return 0
  helm uninstall "$2" --namespace="$3" --kube-context="${context_of[$1]}" --ignore-not-found --wait --timeout="${timeout}s" >&2
}
