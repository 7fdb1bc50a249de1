# shellcheck shell=bash
# The record of what was done in a cluster. The cluster itself holds it, so that anybody can continue from anywhere: ConfigMap
# kube-system/mesh-federation-NAME, a key for each array here.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

record_of() { printf "configmap/mesh-federation-%s" "$federation"; }

# Reads the record of each cluster once. No value has the separator of the keys; bash would merge several blanks into one.
read_record() {
  [[ -z ${stored_record[$1]+x} ]] || return 0
  local text objects commands created progress name members wanted='{.data.objects\.tsv}{"\x1f"}{.data.commands\.tsv}{"\x1f"}{.data.created\.tsv}{"\x1f"}{.data.progress}{"\x1f"}{.data.cluster}{"\x1f"}{.data.clusters\.tsv}'
  text=$(ask "$1" --namespace=kube-system get "$(record_of)" --ignore-not-found --output="jsonpath=$wanted")
  IFS=$'\x1f' read -r -d '' objects commands created progress name members < <(printf '%s\0' "$text")
  recorded_objects[$1]=$objects recorded_commands[$1]=$(todays_names <<<"$commands") recorded_created[$1]=$created
  recorded_progress[$1]=$progress recorded_name[$1]=$name recorded_members[$1]=$members
  stored_record[$1]=''
  if [[ -n $text ]]; then stored_record[$1]=$(whole_record "$1"); fi
}

has_record() { [[ -n ${stored_record[$1]} ]]; }

whole_record() {
  printf '%s\x1f' "${recorded_objects[$1]}" "${recorded_commands[$1]}" "${recorded_created[$1]}" "${recorded_progress[$1]}" \
    "${recorded_name[$1]}" "${recorded_members[$1]}"
}

# The commands of a record, with the names that they have today.
todays_names() {
  local row undo
  while IFS= read -r row; do
    undo=${row#*$'\t'} undo=${undo%%$'\t'*}
    if [[ -n ${earlier_undo[${undo:--}]:-} ]]; then row=${row/$'\t'"$undo"$'\t'/$'\t'"${earlier_undo[$undo]}"$'\t'}; fi
    printf '%s\n' "$row"
  done | grep -v '^$' || true
}

# Writes the record only if something is new.
write_record() {
  recorded_name[$1]=$1
  [[ $(whole_record "$1") != "${stored_record[$1]}" ]] || return 0
  printf '%s' "${recorded_objects[$1]}" |
    kube "$1" --namespace=kube-system create configmap "mesh-federation-$federation" --from-file=objects.tsv=/dev/stdin \
      --from-literal=commands.tsv="${recorded_commands[$1]}" --from-literal=created.tsv="${recorded_created[$1]}" \
      --from-literal=progress="${recorded_progress[$1]}" --from-literal=cluster="$1" \
      --from-literal=clusters.tsv="${recorded_members[$1]}" --dry-run=client --output=yaml |
    kube "$1" apply --server-side --field-manager="$field_manager" --filename=- >/dev/null
  stored_record[$1]=$(whole_record "$1")
}

# The rows of this output for a cluster.
current_in() { awk -F '\t' -v OFS='\t' -v cluster="$1" 'NR > 1 && $1 == cluster { print $2, $3, $4, $5, $6 }' "$here/objects.tsv"; }

# The commands of this output for a cluster, which create objects that no objects.tsv lists. `wave undo path args...`
current_commands() {
  local step
  for step in "${!step_wave[@]}"; do
    if [[ ${step_cluster[step]} != "$1" || ${step_undo[step]} == - ]]; then continue; fi
    printf '%s\t%s\t%s\t%s\n' "${step_wave[step]}" "${step_undo[step]}" "${step_path[step]}" "${step_args[step]}"
  done
}

# The rows of the first text whose objects are missing in the second one, in any wave.
rows_beside() {
  awk -F '\t' 'FILENAME == ARGV[1] { known[$2, $3, $4, $5] = 1; next } NF > 0 && !(($2, $3, $4, $5) in known)' \
    <(printf '%s\n' "$2") <(printf '%s\n' "$1")
}

# The commands of the first text that are missing in the second one. An installation counts once, whatever its version; for
# other actions the arguments count, too.
commands_beside() {
  awk -F '\t' -v once=" ${!is_left_once[*]} " '
    function key() { return index(once, " " $2 " ") ? $2 : $2 SUBSEP $4 SUBSEP $5 }
    FILENAME == ARGV[1] { known[key()] = 1; next }
    NF > 0 && !(key() in known)' <(printf '%s\n' "$2") <(printf '%s\n' "$1")
}

# Several texts as lines of one, without empty ones.
joined() { printf '%s\n' "$@" | grep -v '^$' || true; }

# Before the first change: records earlier and coming objects, so that nothing is forgotten wherever this run ends. An engine
# changes the other clusters, too.
record_before_changing() {
  [[ -z ${is_recorded[$1]:-} ]] || return 0
  local cluster
  record_coming "$1"
  delivers_elsewhere "$1" || return 0
  for cluster in "${!context_of[@]}"; do
    if [[ -z ${is_recorded[$cluster]:-} ]]; then record_coming "$cluster"; fi
  done
}

record_coming() {
  local current commands
  read_record "$1"
  current=$(current_in "$1")
  commands=$(current_commands "$1")
  recorded_objects[$1]=$(joined "$current" "$(rows_beside "${recorded_objects[$1]}" "$current")")
  recorded_commands[$1]=$(joined "$commands" "$(commands_beside "${recorded_commands[$1]}" "$commands")")
  recorded_members[$1]=$(clusters_of_plan)
  if [[ -z $(progress_in "$1") ]]; then recorded_progress[$1]=''; fi
  note_created "$1"
  write_record "$1"
  is_recorded[$1]=true
}
