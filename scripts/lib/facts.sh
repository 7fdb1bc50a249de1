# shellcheck shell=bash
# The facts about a cluster, in the form of the lock.
# shellcheck disable=SC2034 # the script reads what is set here
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

lock=''

read_discover_options() {
  while (($# > 0)); do
    case $1 in
      --help) usage; exit 0 ;;
      --context)
        if [[ -z ${2:-} ]]; then fail "$1 needs a value" "$script --help" 2; fi
        read_valued_option "$1" "$2"
        shift
        ;;
      -*) fail "there is no option $(printf '%q' "$1")" "$script --help" 2 ;;
      *)
        if [[ -n $lock ]]; then fail 'too many arguments: there is one lock file' "$script --help" 2; fi
        lock=$1
        ;;
    esac
    shift
  done
  if [[ -z $lock ]]; then fail 'missing argument: the lock file to write' "name the file: $script federation.lock.yaml" 2; fi
}

# Adds the facts about a cluster to the caller's `lines`.
observe() {
  local uid
  read_uid "$1" || return 0
  if has_left "$1"; then
    say "$1 has left: it holds nothing of $federation any more"
    return 0
  fi
  lines+=("  $1:")
  add_fact uid "$uid" '^[0-9a-f-]+$'
  add_fact kubernetesVersion "$(kubernetes_version "$1")" '^v?[0-9]+[0-9A-Za-z.+-]*$'
  add_fact gatewayAddress "$(gateway_address "$1")" '^[0-9A-Za-z_.:-]+$'
  add_fact rootFingerprint "$(root_fingerprint "$1")" '^[0-9a-f]{64}$'
}

# Writes all or nothing: the old lock stays if there is no room for the new one.
write_lock() {
  local reason
  if reason=$({ printf '%s\n' "${lines[@]}" >"$lock.part" && mv -f -- "$lock.part" "$lock"; } 2>&1); then return 0; fi
  rm -f -- "$lock.part"
  fail "cannot write $(printf '%q' "$lock"): ${reason##*: }" 'free some space or name another file; an existing lock is unchanged'
}

# Adds a fact only if it looks like one: an answer is text from another machine. $3: the pattern.
add_fact() {
  if [[ $2 =~ $3 ]]; then lines+=("    $1: \"$2\""); fi
}
