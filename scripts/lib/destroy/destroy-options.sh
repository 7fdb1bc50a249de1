# shellcheck shell=bash
# The command line of destroy.sh.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

typed_name=''

read_destroy_options() {
  mode=destroy
  while (($# > 0)); do
    case $1 in
      --help) usage; exit 0 ;;
      --dry-run) mode=dry-run ;;
      --yes | --only | --context | --timeout)
        if [[ -z ${2:-} ]]; then fail "$1 needs a value" "$script --help" 2; fi
        if [[ $1 == --yes ]]; then typed_name=$2; else read_valued_option "$1" "$2"; fi
        shift
        ;;
      *) fail "there is no option $(printf '%q' "$1")" "$script --help" 2 ;;
    esac
    shift
  done
}

# A member that is no longer declared may still hold objects. Its record says which federation they belong to.
set_strangers_aside() {
  local cluster names kept=()
  [[ -r $here/plan.tsv ]] || return 0
  names=$(cut -f 2 "$here/plan.tsv")
  ((${#only[@]} > 0)) || return 0
  for cluster in "${only[@]}"; do
    if [[ $'\n'$names$'\n' == *$'\n'"$cluster"$'\n'* || -z ${given_context[$cluster]:-} ]]; then
      kept+=("$cluster")
    else
      stranger_context[$cluster]=${given_context[$cluster]}
      unset "given_context[$cluster]"
    fi
  done
  only=("${kept[@]}")
}

take_strangers_in() {
  local cluster
  for cluster in "${!stranger_context[@]}"; do
    only+=("$cluster")
    context_of[$cluster]=${stranger_context[$cluster]}
    uid_of[$cluster]=-
  done
}

ask_for_the_name() {
  [[ $mode == destroy ]] || return 0
  local answer=$typed_name
  if [[ -z $answer ]]; then
    [[ -t 0 ]] || fail 'cannot ask for confirmation: stdin is not a terminal' "add --yes $federation" 2
    read -r -p "this removes $federation from ${leaving[*]}; type the name of the federation to continue: " answer
  fi
  [[ $answer == "$federation" ]] || fail "$(printf '%q' "$answer") is not the name of this federation, nothing was changed" \
    "its name is $federation" 2
}

# Runs on every exit. Nothing is lost, since every record still lists the remaining objects.
say_where_destroy_stopped() {
  local status=$?
  [[ $status -ne 0 && -n $current_step ]] || return 0
  say "stopped in $current_step; run the same command to continue there"
}
