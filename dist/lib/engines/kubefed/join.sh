# shellcheck shell=bash
# How clusters join KubeFed. It works by KubeFedClusters on its host: how it reaches each, and whether it does.
# shellcheck disable=SC2154 # read_args sets `args`
# shellcheck source=../../state.sh
source "${BASH_SOURCE[0]%/*}/../../state.sh"

kubefed_join() {
  local args cluster=${step_cluster[$1]} joining name server
  read_args "$1"
  joining=${args[0]} name=${args[1]} server=${args[2]:-}
  if [[ $mode != apply ]]; then
    say "  $joining would join as $name"
    return 0
  fi
  if [[ -n $(is_registered "$cluster" "$name" "$server") ]]; then
    say "  $joining has joined as $name"
    return 0
  fi
  wait_until "$joining has not deleted its namespace $engine_namespace yet" keeps_namespaces "$joining"
  # What is there of an earlier try is taken over. The Secret has a name, or each try would leave one.
  show kubefedctl join "$name" --cluster-context="${context_of[$joining]}" --host-cluster-context="${context_of[$cluster]}" \
    --host-cluster-name="$cluster" --secret-name="$name.credentials" --error-on-existing=false
  if [[ -n $server ]]; then name_server "$cluster" "$name" "$server"; fi
}

# Says yes where KubeFed reaches a cluster, by the API server that is declared if one is.
is_registered() {
  local answer ready endpoint wanted='{.status.conditions[?(@.type=="Ready")].status} {.spec.apiEndpoint}'
  answer=$(ask "$1" --namespace="$engine_namespace" get "kubefedcluster.core.kubefed.io/$2" --output="jsonpath=$wanted" 2>/dev/null) ||
    return 0
  read -r ready endpoint <<<"$answer"
  if [[ $ready == True && ${3:-$endpoint} == "$endpoint" ]]; then echo yes; fi
}

# `kubefedctl unjoin` leaves the namespace to be deleted later, and with it what a join makes meanwhile: the credentials.
keeps_namespaces() {
  local deleted
  deleted=$(ask "$1" get namespace "$engine_namespace" --ignore-not-found --output='jsonpath={.metadata.deletionTimestamp}')
  if [[ -z $deleted ]]; then echo yes; fi
}

# kubefedctl takes the API server from the kubeconfig.
name_server() {
  [[ $3 =~ ^https://[][A-Za-z0-9_.:-]+$ ]] || fail "cannot read the API server $(printf '%q' "$3")"
  show kube "$1" --namespace="$engine_namespace" patch "kubefedcluster.core.kubefed.io/$2" --type=merge \
    --patch="{\"spec\":{\"apiEndpoint\":\"$3\"}}"
}

# Of a step that joins.
kubefed_registration_ready() {
  local args
  read_args "$1"
  wait_until "KubeFed does not reach ${args[0]}" is_registered "${step_cluster[$1]}" "${args[1]}" "${args[2]:-}"
}

# Before the first change: that KubeFed can reach who joins, and does not know it under another name.
kubefed_check_join() {
  local args server
  read_args "$1"
  server=$(server_of "${args[0]}")
  check_other_names "${step_cluster[$1]}" "${args[@]:0:2}" "$server" "${args[2]:-$server}"
  if [[ -z ${args[2]:-} && -z $(is_registered "${step_cluster[$1]}" "${args[1]}") ]] && is_loopback "$server"; then
    note_problem "${args[0]}: its API server is $server in the kubeconfig, where KubeFed cannot reach it" \
      "declare clusters[].apiServer of ${args[0]}"
  fi
}

# $1: the host; $2: who joins; $3: as what; $4, $5: how its API server is reached, from here and from KubeFed.
check_other_names() {
  local name endpoint
  while read -r name endpoint; do
    if [[ $name != "$3" && ($endpoint == "$4" || $endpoint == "$5") ]]; then
      note_problem "$2 has joined KubeFed as $name: as $3, too, it would lose under one name what it gets under the other" \
        "declare federationCluster: $name, or take it out: kubefedctl unjoin"
    fi
  done < <(ask "$1" --namespace="$engine_namespace" get kubefedclusters.core.kubefed.io \
    --output='jsonpath={range .items[*]}{.metadata.name} {.spec.apiEndpoint}{"\n"}{end}' 2>/dev/null)
}
