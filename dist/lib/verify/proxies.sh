# shellcheck shell=bash
# The calling pods, and the endpoints that their Envoys have.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

find_clients() {
  local cluster
  while IFS= read -r cluster; do
    find_client "$cluster"
  done < <(clients)
}

find_client() {
  local pods pod namespace name
  pods=$(pods_with_sidecar "$1")
  if [[ -z $pods ]]; then
    note_problem "$1: sidecar: found no pod with a ready sidecar${client_deployment:+ in Deployment $client_namespace/$client_deployment}" \
      'wait until the workloads are rolled out; restart pods that are older than the injector'
    return 0
  fi
  client_pod[$1]=${pods%%$'\n'*}
  while IFS= read -r pod; do
    read -r namespace name _ <<<"$pod"
    if ! ask "$1" --namespace="$namespace" exec "$name" -- sh -c 'command -v curl' </dev/null >/dev/null 2>&1; then continue; fi
    client_pod[$1]=$pod can_call[$1]=true
    return 0
  done <<<"$pods"
}

# Lines of namespace, name and address. Pods of directly delivered Deployments, such as the test client, come first.
pods_with_sidecar() {
  local cluster=$1 deployments namespaces namespace
  local fields='{range .items[*]}{.metadata.namespace} {.metadata.name} {.status.podIP} {.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}'
  deployments=$(awk -F '\t' -v cluster="$cluster" '$1 == cluster && $4 == "Deployment" { print $5 " " $6 }' "$here/objects.tsv")
  namespaces=$(namespaces_to_look_in "$cluster" "$deployments")
  while IFS= read -r namespace; do
    ask "$cluster" --namespace="$namespace" get pods --selector=security.istio.io/tlsMode=istio --field-selector=status.phase=Running \
      --output="jsonpath=$fields"
  done <<<"$namespaces" | awk -v only="$client_deployment" -v deployments="$deployments" '
    BEGIN { split(deployments, lines, "\n"); for (i in lines) is_direct[lines[i]] = 1 }
    $4 != "True" { next }
    { owner = $2; sub(/-[a-z0-9]+-[a-z0-9]+$/, "", owner) }
    only != "" && owner != only { next }
    { print (($1 " " owner) in is_direct) ? 0 : 1, $1, $2, $3 }' | sort | cut -d ' ' -f 2-
}

namespaces_to_look_in() {
  local row
  if [[ -n $client_namespace ]]; then
    echo "$client_namespace"
    return 0
  fi
  {
    for row in "${!row_client[@]}"; do
      if [[ ${row_client[row]} == "$1" ]]; then namespace_of "${row_host[row]}"; echo; fi
    done
    printf '%s\n' "$2" | cut -d ' ' -f 1
  } | grep -vx -e istio-system -e '' | sort -u
}

# Envoy's own current list: the endpoints that a call would meet, not those that istiod means to send.
read_live() {
  local namespace name answer key port host address fact value tab=$'\t'
  read -r namespace name _ <<<"${client_pod[$1]}"
  if ! answer=$(ask "$1" --namespace="$namespace" exec "$name" --container=istio-proxy -- pilot-agent request GET clusters </dev/null 2>&1); then
    silent_proxy[$1]=${answer##*$'\n'}
  fi
  while IFS=$'\t' read -r port host address fact value; do
    key="$1|$port|$host"
    [[ -n ${first_row[$key]:-} ]] || continue
    if [[ $fact == weight && " ${live_addresses[$key]:-} " != *" $address "* ]]; then live_addresses[$key]+=" $address"; fi
    live_fact["$key|$address|$fact"]=$value
  done < <(sed -nE "s/^outbound\|([0-9]+)\|\|([^:|]+)::(\[[^]]+\]:[0-9]+|[^:]+:[0-9]+)::(weight|priority|rq_total)::([0-9]+)\$/\1$tab\2$tab\3$tab\4$tab\5/p" <<<"$answer")
}

# The addresses of the ready pods of a service in a cluster. $2: the service's name in DNS.
ready_pods() {
  ask "$1" --namespace="$(namespace_of "$2")" get endpointslices.discovery.k8s.io --selector="kubernetes.io/service-name=${2%%.*}" \
    --output='jsonpath={range .items[*].endpoints[*]}{.conditions.ready}={.addresses[0]}{"\n"}{end}' | sed -n 's/^true=//p' | sort -u
}
