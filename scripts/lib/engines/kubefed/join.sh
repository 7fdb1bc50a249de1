# shellcheck shell=bash
# Joins clusters to KubeFed. A KubeFedCluster on the host has the address of a cluster, and shows whether KubeFed reaches it.
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
  # The join takes over the objects of an earlier attempt. The fixed name keeps each attempt from leaving another Secret.
  show kubefedctl join "$name" --cluster-context="${context_of[$joining]}" --host-cluster-context="${context_of[$cluster]}" \
    --host-cluster-name="$cluster" --secret-name="$name.credentials" --error-on-existing=false
  if [[ -n $server ]]; then name_server "$cluster" "$name" "$server"; fi
}

# Prints yes if KubeFed reaches a cluster, through the declared API server if there is one.
is_registered() {
  local answer ready endpoint wanted='{.status.conditions[?(@.type=="Ready")].status} {.spec.apiEndpoint}'
  answer=$(ask "$1" --namespace="$engine_namespace" get "kubefedcluster.core.kubefed.io/$2" --output="jsonpath=$wanted" 2>/dev/null) ||
    return 0
  read -r ready endpoint <<<"$answer"
  if [[ $ready == True && ${3:-$endpoint} == "$endpoint" ]]; then echo yes; fi
}

# Prints yes if a cluster is not deleting its namespace. `kubefedctl unjoin` lets it be deleted later, with everything that a
# join creates meanwhile: the credentials.
keeps_namespaces() {
  local deleted
  deleted=$(ask "$1" get namespace "$engine_namespace" --ignore-not-found --output='jsonpath={.metadata.deletionTimestamp}')
  if [[ -z $deleted ]]; then echo yes; fi
}

# Replaces the API server that kubefedctl took from the kubeconfig. $1: the host; $2: the name in KubeFed; $3: the URL.
name_server() {
  [[ $3 =~ ^https://[][A-Za-z0-9_.:-]+$ ]] || fail "cannot read the API server $(printf '%q' "$3")"
  show kube "$1" --namespace="$engine_namespace" patch "kubefedcluster.core.kubefed.io/$2" --type=merge \
    --patch="{\"spec\":{\"apiEndpoint\":\"$3\"}}"
}

# Waits until KubeFed reaches the cluster of a step that joins it.
kubefed_registration_ready() {
  local args
  read_args "$1"
  wait_until "KubeFed does not reach ${args[0]}" is_registered "${step_cluster[$1]}" "${args[1]}" "${args[2]:-}"
}

# Runs before the first change: checks that KubeFed can reach the joining cluster, and knows it under no other name.
kubefed_check_join() {
  local args server
  read_args "$1"
  server=$(server_of "${args[0]}")
  check_other_names "${step_cluster[$1]}" "${args[@]:0:2}" "$server" "${args[2]:-$server}"
  if [[ -z ${args[2]:-} && -z $(is_registered "${step_cluster[$1]}" "${args[1]}") ]] && is_loopback "$server"; then
    note_problem "${args[0]}: its API server in the kubeconfig is $server, which KubeFed cannot reach" \
      "declare clusters[].apiServer of ${args[0]}"
  fi
}

# Notes a problem if KubeFed knows a cluster under another name. $1: the host; $2: the joining cluster; $3: its name in KubeFed;
# $4, $5: its API server, for us and for KubeFed.
check_other_names() {
  local name endpoint
  while read -r name endpoint; do
    if [[ $name != "$3" && ($endpoint == "$4" || $endpoint == "$5") ]]; then
      note_problem "$2 has joined KubeFed as $name: if it joined as $3, too, KubeFed would delete under one name what it creates under the other" \
        "declare federationCluster: $name, or remove the cluster from KubeFed: kubefedctl unjoin"
    fi
  done < <(ask "$1" --namespace="$engine_namespace" get kubefedclusters.core.kubefed.io \
    --output='jsonpath={range .items[*]}{.metadata.name} {.spec.apiEndpoint}{"\n"}{end}' 2>/dev/null)
}
