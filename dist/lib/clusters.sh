# shellcheck shell=bash
# The clusters as kubectl reaches them. The current context is neither used nor changed.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

resolve_contexts() {
  local position cluster
  # Every cluster of the plan has a context: a step may read the address of a cluster whose own steps are left out.
  for position in "${!step_cluster[@]}"; do
    cluster=${step_cluster[position]}
    context_of[$cluster]=${given_context[$cluster]:-${step_context[position]}}
    uid_of[$cluster]=${step_uid[position]}
  done
}

# kubectl for a cluster. $1: the cluster; then the arguments of kubectl.
kube() { kubectl --context="${context_of[$1]}" "${@:2}"; }

# kubectl for a request that a server answers quickly.
ask() { kube "$1" --request-timeout=30s "${@:2}"; }

# The API server of a cluster, as the kubeconfig has it.
server_of() {
  kubectl config view --context="${context_of[$1]}" --minify --output='jsonpath={.clusters[0].cluster.server}'
}

# Whether a URL points to the machine that uses it.
is_loopback() { [[ $1 =~ ://(localhost|127\.[0-9.]+|\[::1\]|0\.0\.0\.0)(:|/|$) ]]; }

# Repeats a command until its output is not empty. $1: what to say after the timeout; then the command.
wait_until() {
  local what=$1 end=$((SECONDS + timeout)) answer
  shift
  until answer=$("$@" 2>/dev/null) && [[ -n $answer ]]; do
    if ((SECONDS >= end)); then
      # The command runs once more, for the server's own message.
      answer=$("$@" 2>&1 >/dev/null) || true
      fail "waited $timeout s: $what${answer:+: ${answer##*$'\n'}}"
    fi
    sleep 2
  done
}

# A namespace as kubectl's flag; nothing for objects without one.
namespace_flag() {
  if [[ $1 != - ]]; then printf -- '--namespace=%s' "$1"; fi
}

kubernetes_version() {
  local version
  version=$(ask "$1" get --raw /version) || return 0
  if [[ $version =~ \"gitVersion\":\ *\"([^\"]*)\" ]]; then printf '%s' "${BASH_REMATCH[1]}"; fi
}

# Reads the UID of a cluster into the caller's `uid`. A cluster that does not answer is a problem.
read_uid() {
  local what='does not answer'
  if uid=$(ask "$1" get namespace kube-system --output='jsonpath={.metadata.uid}' 2>&1); then
    if [[ $uid =~ ^[0-9A-Za-z-]+$ ]]; then return 0; fi
    what='does not answer with a UID'
  fi
  note_problem "$1: context $(printf '%q' "${context_of[$1]}") $what: ${uid##*$'\n'}" \
    "correct the kubeconfig, or name another context: --context $1=CONTEXT"
  return 1
}

# Finds the clusters of the plan that answer and are the ones in the lock; notes a problem for each other one.
identify_clusters() {
  local cluster clusters
  local -A seen=()
  mapfile -t clusters < <(printf '%s\n' "${step_cluster[@]}" | awk '!seen[$0]++')
  for cluster in "${clusters[@]}"; do
    if check_identity "$cluster"; then answering+=("$cluster"); fi
  done
}

check_identity() {
  local cluster=$1 uid
  read_uid "$cluster" || return 1
  if [[ ${uid_of[$cluster]} != - && $uid != "${uid_of[$cluster]}" ]]; then
    note_problem "$cluster: context $(printf '%q' "${context_of[$cluster]}") is the cluster $uid, expected ${uid_of[$cluster]}" \
      "name the right context: --context $cluster=CONTEXT"
    return 1
  fi
  if [[ -n ${seen[$uid]:-} ]]; then
    note_problem "$cluster and ${seen[$uid]} are one cluster, $uid" 'give each cluster its own context'
    return 1
  fi
  seen[$uid]=$cluster observed_uid[$cluster]=$uid
}
