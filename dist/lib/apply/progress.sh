# shellcheck shell=bash
# The progress of this output in each cluster, so that anybody can continue where somebody else stopped.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# A checksum that changes with every file and every step of a cluster: the progress of an earlier output says nothing about
# this one.
output_of() {
  {
    cat "$here/$1/inventory.json" 2>/dev/null || true
    awk -F '\t' -v OFS='\t' -v cluster="$1" '$2 == cluster { $3 = $4 = ""; print }' "$here/plan.tsv"
  } | cksum | cut -d ' ' -f 1
}

# The last wave whose gate held in a cluster, for exactly this output.
progress_in() {
  local wave output
  IFS=$'\t' read -r wave output <<<"${recorded_progress[$1]}"
  if [[ -n $wave && $output == "$(output_of "$1")" ]]; then printf '%s' "$wave"; fi
}

# Runs after the gate of a step. A wave counts when its last step in the cluster and all waves before it are done.
note_progress() {
  local position cluster=${step_cluster[$1]} wave=${step_wave[$1]} reached before=''
  for position in "${!step_wave[@]}"; do
    if [[ ${step_cluster[position]} != "$cluster" || ${step_action[position]} == none ]]; then continue; fi
    if [[ ${step_wave[position]} < $wave ]]; then before=${step_wave[position]}; fi
    if [[ ${step_wave[position]} == "$wave" ]] && ((position > $1)); then return 0; fi
  done
  reached=$(progress_in "$cluster")
  if [[ $reached < $before || ! $reached < $wave ]]; then return 0; fi
  recorded_progress[$cluster]=$wave$'\t'$(output_of "$cluster")
  write_record "$cluster"
}

# Before the first step: says how far the last run got, and where this one could continue.
say_progress() {
  local position cluster next='' is_begun=false
  declare -A reached=()
  for position in "${!step_wave[@]}"; do
    cluster=${step_cluster[position]}
    if [[ -z ${reached[$cluster]+x} ]]; then
      read_record "$cluster"
      reached[$cluster]=$(progress_in "$cluster")
      if [[ -n ${reached[$cluster]} ]]; then
        is_begun=true
        say "  $cluster: this output was applied as far as ${reached[$cluster]}"
      fi
    fi
    if [[ -z $next && ${step_action[position]} != none && ${step_wave[position]} > ${reached[$cluster]} ]]; then
      next=${step_wave[position]}
    fi
  done
  if [[ $is_begun == true && -n $next && -z $from ]]; then say "  use --from $next to continue there"; fi
}
