# shellcheck shell=bash
# Before the first change: everything that would stop a later step, told at once.
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

preflight() {
  say '00-preflight'
  check_tools
  local cluster
  declare -A seen=()
  for cluster in "${!context_of[@]}"; do
    check_cluster "$cluster"
  done
  fail_on_problems
  check_joins
  check_registrations
  fail_on_problems
}

# An engine delivers to the clusters that it knows and reaches; of others it says nothing, or waits for ever.
check_registrations() {
  local step args name
  declare -A is_asked=() endpoints=()
  for step in "${steps[@]}"; do
    # Of who joins later in this run nothing is asked now.
    if [[ ${step_action[step]} == join ]]; then
      read_args "$step"
      is_asked[${args[1]}]=true
    fi
    [[ ${step_wait[step]} == propagated ]] || continue
    read_args "$step"
    for name in "${args[@]}"; do
      if [[ -z ${is_asked[$name]:-} ]]; then check_registration "${step_cluster[step]}" "$name"; fi
      is_asked[$name]=true
    done
  done
}

# $1: where the engine is; $2: the name that it gives the cluster.
check_registration() {
  local resource answer ready endpoint engine=KubeFed
  local wanted='{.status.conditions[?(@.type=="Ready")].status} {.spec.apiEndpoint}'
  resource=(--namespace=kube-federation-system get "kubefedcluster.core.kubefed.io/$2")
  if [[ $1 == federation ]]; then engine=Karmada resource=(get "cluster.cluster.karmada.io/$2"); fi
  if ! answer=$(ask "$1" "${resource[@]}" --output="jsonpath=$wanted" 2>&1); then
    note_problem "$2 has not joined $engine: ${answer##*$'\n'}" 'join it: docs/engines.md tells how'
    return 0
  fi
  read -r ready endpoint <<<"$answer"
  if [[ $ready != True ]]; then
    note_problem "$engine does not reach $2: its Ready is ${ready:-unknown}" "look at $engine's object of it: ${resource[-1]}"
  fi
  if [[ -n $endpoint && -n ${endpoints[$endpoint]:-} ]]; then
    note_problem "$2 and ${endpoints[$endpoint]} are one API server for $engine, $endpoint: it deletes under one name what it makes under the other" \
      'take one of the two out of the federation'
  fi
  if [[ -n $endpoint ]]; then endpoints[$endpoint]=$2; fi
}

check_tools() {
  local tool step
  declare -A needed=([kubectl]=all)
  for step in "${steps[@]}"; do
    case ${step_action[step]} in
      istioctl-install | remote-secret) needed[istioctl]=${step_wave[step]} ;;
      helm-upgrade | install-engine) needed[helm]=${step_wave[step]} ;;
      join) needed[kubefedctl]=${step_wave[step]} ;;
    esac
    if [[ ${step_wait[step]} == registry-synced ]]; then needed[istioctl]=${step_wave[step]}; fi
  done
  for tool in "${!needed[@]}"; do
    if ! command -v "$tool" >/dev/null; then note_problem "there is no $tool" "install it and put it on the PATH"; fi
  done
  if ((${#problems[@]} == 0)) && [[ -n ${needed[istioctl]:-} ]]; then check_istioctl; fi
  fail_on_problems
}

# An istioctl of another version installs another Istio.
check_istioctl() {
  local step wanted actual
  for step in "${steps[@]}"; do
    [[ ${step_action[step]} == istioctl-install ]] || continue
    wanted=${step_args[step]%%$'\t'*}
    actual=$(istioctl version --remote=false --short 2>/dev/null | tail -n 1) || actual=unknown
    if [[ $actual != *"$wanted"* ]]; then
      note_problem "istioctl is ${actual:-unknown}, the plan is for $wanted" "install istioctl $wanted"
    fi
    return 0
  done
}

check_cluster() {
  local cluster=$1 context=${context_of[$1]} uid
  read_uid "$cluster" || return 0
  if [[ ${uid_of[$cluster]} != - && $uid != "${uid_of[$cluster]}" ]]; then
    note_problem "$cluster: context $(printf '%q' "$context") is the cluster $uid, expected ${uid_of[$cluster]}" \
      "name the right context: --context $cluster=CONTEXT"
  elif [[ -n ${seen[$uid]:-} ]]; then
    note_problem "$cluster and ${seen[$uid]} are one cluster, $uid" 'give each cluster its own context'
  fi
  seen[$uid]=$cluster
  check_version "$cluster"
  check_permissions "$cluster"
}

# Which versions of Kubernetes this Istio runs on is in the arguments of the preflight's step: the first and the last one.
check_version() {
  local step args version minor
  for step in "${!step_wave[@]}"; do
    if [[ ${step_wave[step]} == 00-preflight && ${step_cluster[step]} == "$1" ]]; then read_args "$step"; fi
  done
  [[ -n ${args[2]:-} ]] || return 0
  version=$(kubernetes_version "$1")
  [[ $version =~ ^v?1\.([0-9]+)\. ]] || return 0
  minor=${BASH_REMATCH[1]}
  if ((minor < ${args[1]#1.} || minor > ${args[2]#1.})); then
    note_problem "$1: Kubernetes is $version, Istio is supported on ${args[1]} to ${args[2]}" 'use a cluster of such a version, or another Istio'
  fi
}

# What every apply needs; what is finer is left to the servers' own answers.
check_permissions() {
  local answer
  answer=$(ask "$1" auth can-i patch namespaces 2>/dev/null) || true
  if [[ $answer != yes ]]; then
    note_problem "$1: no permission to change namespaces" 'use a context with the rights of an administrator'
  fi
}
