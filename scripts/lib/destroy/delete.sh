# shellcheck shell=bash
# Deletes objects: several at once, only existing ones, and waits until they are gone.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# Whether this run makes changes.
changes() { [[ $mode == destroy ]]; }

# Deletes the objects of rows `group kind namespace name` on stdin, in their order, and waits until they are gone. One call
# deletes all neighbours in one namespace, and so waits for all of them at once.
delete_objects() {
  local group kind namespace name last='' resources=()
  declare -A is_served=()
  while IFS=$'\t' read -r group kind namespace name; do
    [[ -n $name ]] || continue
    if [[ $namespace != "$last" ]]; then
      delete_at_once "$1" "$last" "${resources[@]}"
      last=$namespace resources=()
    fi
    if serves "$1" "$group" "$kind" "$namespace" "$name"; then resources+=("$(resource_of "$group" "$kind" "$name")"); fi
  done
  delete_at_once "$1" "$last" "${resources[@]}"
}

# A kind that a cluster does not serve has no objects, but kubectl would refuse the whole call. Caches the answers in the
# caller's `is_served`.
serves() {
  local answer flag
  if [[ $2 != *.* || $2 == *.k8s.io ]]; then return 0; fi
  if [[ -z ${is_served[$2/$3]:-} ]]; then
    is_served[$2/$3]=yes
    flag=$(namespace_flag "$4")
    if ! answer=$(ask "$1" ${flag:+"$flag"} get "$3.$2/$5" --ignore-not-found 2>&1) && is_unknown_kind "$answer"; then
      is_served[$2/$3]=no
    fi
  fi
  [[ ${is_served[$2/$3]} == yes ]]
}

# $1: the cluster; $2: the namespace, `-` for none; then resources.
delete_at_once() {
  local flag
  (($# > 2)) || return 0
  flag=$(namespace_flag "$2")
  if changes; then
    kube "$1" ${flag:+"$flag"} delete "${@:3}" --ignore-not-found --timeout="${timeout}s" | told
  else
    ask "$1" ${flag:+"$flag"} get "${@:3}" --ignore-not-found --output=name | sed 's/$/ would be deleted/' | told
  fi
}

# Deletes the objects that flags select. $1: the cluster; $2: kinds; then the flags.
delete_chosen() {
  if changes; then
    kube "$1" delete "${@:2}" --ignore-not-found --timeout="${timeout}s" | told
  else
    ask "$1" get "${@:2}" --ignore-not-found --output=name | sed 's/$/ would be deleted/' | told
  fi
}

told() { sed -e '/^No resources found/d' -e 's/^/  /' >&2; }

# Repeats a command until its output is empty. $1: what to say after the timeout; then the command.
wait_until_gone() {
  local what=$1 end=$((SECONDS + timeout)) answer
  shift
  if ! changes; then return 0; fi
  until answer=$("$@") && [[ -z $answer ]]; do
    ((SECONDS < end)) || fail "waited $timeout s: $what: ${answer//$'\n'/, }"
    sleep 2
  done
}

is_labelled() {
  [[ $(ask "$1" get "namespace/$2" --ignore-not-found --output="jsonpath={.metadata.labels.${3//./\\.}}") == true ]]
}
