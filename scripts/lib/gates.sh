# shellcheck shell=bash
# The gates of plan.tsv, each with the condition that it waits for.
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

hold_gate() {
  local gate=${step_wait[$1]}
  [[ $gate != - ]] || return 0
  declare -F "gate_${gate//-/_}" >/dev/null || fail "this script does not know the gate $(printf '%q' "$gate")"
  "gate_${gate//-/_}" "$1"
}

rolled_out() { show kube "$1" --namespace="$2" rollout status "deployment/$3" --timeout="${timeout}s"; }

is_there() {
  wait_until "$1 has no $2" ask "$1" get "${@:2}" --output=name
}

gate_types_enabled() {
  local cluster=${step_cluster[$1]} group kind namespace name
  while IFS=$'\t' read -r group kind namespace name; do
    case $kind in
      CustomResourceDefinition)
        wait_until "$cluster does not serve $name" is_established "$cluster" "$name"
        if [[ $group == apiextensions.k8s.io && $cluster == federation ]]; then known_everywhere "$cluster" "$name"; fi
        ;;
      FederatedTypeConfig)
        show kube "$cluster" --namespace="$namespace" wait --for='jsonpath={.status.propagationController}=Running' \
          "federatedtypeconfig/$name" --timeout="${timeout}s"
        ;;
    esac
  done < <(objects_in "$cluster" "${step_wave[$1]}")
}

# Not by `kubectl wait`, which gives up on a CRD that has no conditions yet.
is_established() {
  ask "$1" get "customresourcedefinition/$2" --output='jsonpath={.status.conditions[?(@.type=="Established")].status}' | grep -x True
}

# As long as Karmada does not know that a cluster has the kind, it leaves that cluster out, silently and forever.
known_everywhere() {
  local kind
  kind=$(ask "$1" get "customresourcedefinition/$2" --output='jsonpath={.spec.names.kind}')
  wait_until "Karmada does not know yet that every cluster has $kind" all_clusters_have "$1" "$kind"
}

all_clusters_have() {
  local clusters having
  clusters=$(ask "$1" get clusters.cluster.karmada.io --output=name | wc -l)
  having=$(ask "$1" get clusters.cluster.karmada.io \
    --output='jsonpath={range .items[*]}{.status.apiEnablements[*].resources[*].kind}{"\n"}{end}' | grep -cw -- "$2")
  if ((clusters > 0 && clusters == having)); then echo yes; fi
}

gate_cacerts_present() {
  if [[ ${step_action[$1]} == federated-cacerts ]]; then
    wait_for_cacerts
  elif ! ask "${step_cluster[$1]}" --namespace=istio-system get secret cacerts --output=name >/dev/null 2>&1; then
    fail "${step_cluster[$1]}: there is no Secret istio-system/cacerts" \
      'issue an intermediate CA for each cluster from one root, and name their directory: --cacerts DIRECTORY'
  fi
}

# KubeFed delivers the Secret to every cluster.
wait_for_cacerts() {
  local cluster
  for cluster in "${!context_of[@]}"; do
    is_there "$cluster" secret/cacerts --namespace=istio-system
  done
}

gate_istiod_available() { rolled_out "${step_cluster[$1]}" istio-system istiod; }

gate_gateway_address_known() {
  local args cluster=${step_cluster[$1]} address service expected
  read_args "$1"
  wait_until "the gateway of $cluster has no address" gateway_address "$cluster"
  address=$(gateway_address "$cluster")
  if [[ -n ${args[*]:-} && " ${args[*]} " != *" $address "* ]]; then
    expected=${args[*]}
    fail "$cluster: the address of the gateway is $address, expected $expected" "correct clusters[].gateway.address of $cluster"
  fi
  service=$(gateway_service "$cluster")
  rolled_out "$cluster" istio-system "${service##*/}"
}

gate_injector_available() {
  is_there "${step_cluster[$1]}" mutatingwebhookconfiguration/istio-sidecar-injector
  is_there "${step_cluster[$1]}" service/istiod --namespace=istio-system
}

gate_registry_synced() {
  local args
  knows_registries || return 0
  read_args "$1"
  wait_until "istiod of ${step_cluster[$1]} does not read ${args[0]}" is_synced "${step_cluster[$1]}" "${args[1]}"
}

gate_registry_gone() {
  local args
  knows_registries || return 0
  read_args "$1"
  wait_until "istiod of ${step_cluster[$1]} still reads ${args[0]}" is_unread "${step_cluster[$1]}" "${args[1]}"
}

knows_registries() {
  if istioctl remote-clusters --help >/dev/null 2>&1; then return 0; fi
  say '  this istioctl cannot tell whether istiod reads the cluster'
  return 1
}

# Only if istiod answers: a missing answer proves nothing.
is_unread() {
  local answer
  answer=$(istioctl remote-clusters --context="${context_of[$1]}") || return 1
  if [[ -n $answer && $'\n'$answer != *$'\n'"$2 "* ]]; then echo yes; fi
}

is_synced() {
  local name _ status
  while read -r name _ status _; do
    if [[ $name == "$2" && $status == synced ]]; then echo yes; fi
  done < <(istioctl remote-clusters --context="${context_of[$1]}")
}

gate_propagated() {
  local cluster=${step_cluster[$1]} group kind namespace name
  while IFS=$'\t' read -r group kind namespace name; do
    case $group in
      types.kubefed.io)
        wait_until "$kind $name is not propagated" is_propagated "$cluster" "$kind.types.kubefed.io/$name" "$namespace"
        ;;
      policy.karmada.io) ;;
      *) is_bound "$cluster" "$kind" "$namespace" "$name" ;;
    esac
  done < <(objects_in "$cluster" "${step_wave[$1]}")
}

# True, for the current generation of the object. Before KubeFed 0.6 the status does not name its generation.
is_propagated() {
  local state flag generation observed status
  flag=$(namespace_flag "$3")
  state=$(ask "$1" get "$2" ${flag:+"$flag"} --output='jsonpath={.metadata.generation} {.status.observedGeneration} {.status.conditions[?(@.type=="Propagation")].status}')
  read -r generation observed status <<<"$state"
  if [[ -z $status ]]; then status=$observed observed=$generation; fi
  if [[ $generation == "$observed" && $status == True ]]; then echo yes; fi
}

# Karmada's binding of an object lists the clusters that have it. "FullyApplied" alone is not enough: it ignores a cluster
# that Karmada left out.
is_bound() {
  local binding=resourcebinding.work.karmada.io flag lower=${4//:/.}-$2
  if [[ $3 == - ]]; then binding=clusterresourcebinding.work.karmada.io; fi
  flag=$(namespace_flag "$3")
  wait_until "Karmada has not delivered $2 $4 to every cluster" is_everywhere "$1" "$binding/${lower,,}" "$flag"
}

is_everywhere() {
  local state scheduled applied chosen wanted
  state=$(ask "$1" get "$2" ${3:+"$3"} --output='jsonpath={.metadata.generation}={.status.schedulerObservedGeneration};{.status.conditions[?(@.type=="FullyApplied")].status};{.spec.clusters[*].name};{.spec.placement.clusterAffinity.clusterNames[*]}')
  IFS=';' read -r scheduled applied chosen wanted <<<"$state"
  if [[ ${scheduled%=*} == "${scheduled#*=}" && $applied == True && $(sorted "$chosen") == "$(sorted "$wanted")" ]]; then echo yes; fi
}

sorted() { tr ' ' '\n' <<<"$1" | sort; }

gate_rolled_out() {
  local cluster=${step_cluster[$1]} group kind namespace name
  while IFS=$'\t' read -r group kind namespace name; do
    if [[ $group == apps && $kind == Deployment ]]; then rolled_out "$cluster" "$namespace" "$name"; fi
  done < <(objects_in "$cluster" "${step_wave[$1]}")
}
