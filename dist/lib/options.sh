# shellcheck shell=bash
# The command line.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

read_options() {
  while (($# > 0)); do
    case $1 in
      --help) usage; exit 0 ;;
      --dry-run | --diff) mode=${1#--} ;;
      --yes) asks=false; repeated_options+=("$1") ;;
      --prune) prunes=true; repeated_options+=("$1") ;;
      --force-conflicts) force=("$1"); repeated_options+=("$1") ;;
      --from | --only | --context | --cacerts | --timeout)
        if [[ -z ${2:-} ]]; then fail "$1 needs a value" "$script --help" 2; fi
        read_valued_option "$1" "$2"
        shift
        ;;
      *) fail "there is no option $(printf '%q' "$1")" "$script --help" 2 ;;
    esac
    shift
  done
}

read_valued_option() {
  if [[ $1 != --from ]]; then repeated_options+=("$1" "$2"); fi
  case $1 in
    --from) from=$2 ;;
    --only) only+=("$2") ;;
    --cacerts)
      [[ -d $2 ]] || fail "$(printf '%q' "$2") is not a directory" 'name a directory that has one directory per cluster' 2
      cacerts=$2
      ;;
    --timeout)
      [[ $2 =~ ^[1-9][0-9]{0,4}$ ]] || fail "invalid --timeout: $(printf '%q' "$2")" 'give a number of seconds, such as 300' 2
      timeout=$2
      ;;
    --context)
      [[ $2 =~ ^([a-z0-9-]+)=(.+)$ ]] || fail "invalid --context: $(printf '%q' "$2")" 'write CLUSTER=CONTEXT' 2
      given_context[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}
      ;;
  esac
}

is_wanted() {
  ((${#only[@]} > 0)) || return 0
  is_among "$1" "${only[@]}"
}

ask_before_changing() {
  [[ $mode == apply && $asks == true ]] || return 0
  [[ -t 0 ]] || fail 'cannot ask for confirmation: stdin is not a terminal' 'add --yes' 2
  local answer
  read -r -p "run ${#steps[@]} steps? [y/N] " answer
  [[ $answer == [yY] ]] || fail 'not confirmed, nothing was changed'
}
