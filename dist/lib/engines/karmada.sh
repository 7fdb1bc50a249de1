# shellcheck shell=bash
# Karmada: unmodified objects on its own API server, and policies that bring them to the clusters.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"
# shellcheck source=karmada/undo-objects.sh
source "${BASH_SOURCE[0]%/*}/karmada/undo-objects.sh"

engine_title[karmada]=Karmada
engine_group[karmada]=policy.karmada.io
engine_label[karmada]=karmada.io/managed
engine_unjoin[karmada]='karmadactl unjoin'

# Puts Karmada's object for a cluster into the caller's `resource`. $1: Karmada's name for the cluster.
karmada_registration() { resource=(get "cluster.cluster.karmada.io/$1"); }

# Prints the clusters that Karmada does not reach.
karmada_unready() { not_ready_in "$1" clusters.cluster.karmada.io; }

karmada_how_to_get() { echo 'name the context of the API server of Karmada: --context federation=CONTEXT'; }

# Waits until Karmada knows that every cluster has the kind of a CustomResourceDefinition. It silently leaves out other
# clusters, forever. $1: Karmada; then a row of objects.
karmada_type_enabled() {
  local kind
  [[ $3 == CustomResourceDefinition ]] || return 0
  kind=$(ask "$1" get "customresourcedefinition/$5" --output='jsonpath={.spec.names.kind}')
  wait_until "Karmada does not know yet that every cluster has $kind" all_clusters_have "$1" "$kind"
}

all_clusters_have() {
  local clusters having
  clusters=$(ask "$1" get clusters.cluster.karmada.io --output=name | wc -l)
  having=$(ask "$1" get clusters.cluster.karmada.io \
    --output='jsonpath={range .items[*]}{.status.apiEnablements[*].resources[*].kind}{"\n"}{end}' | grep -cw -- "$2")
  if ((clusters > 0 && clusters == having)); then echo yes; fi
}

# Waits until every cluster has an object. Karmada's binding of the object lists these clusters. "FullyApplied" alone is not
# enough: it ignores a cluster that Karmada left out. $1: Karmada; then a row of objects.
karmada_propagated() {
  [[ $2 != policy.karmada.io ]] || return 0
  local binding=resourcebinding.work.karmada.io flag lower=${5//:/.}-$3
  if [[ $4 == - ]]; then binding=clusterresourcebinding.work.karmada.io; fi
  flag=$(namespace_flag "$4")
  wait_until "Karmada has not delivered $3 $5 to every cluster" is_everywhere "$1" "$binding/${lower,,}" "$flag"
}

is_everywhere() {
  local state scheduled applied chosen wanted
  state=$(ask "$1" get "$2" ${3:+"$3"} --output='jsonpath={.metadata.generation}={.status.schedulerObservedGeneration};{.status.conditions[?(@.type=="FullyApplied")].status};{.spec.clusters[*].name};{.spec.placement.clusterAffinity.clusterNames[*]}')
  IFS=';' read -r scheduled applied chosen wanted <<<"$state"
  if [[ ${scheduled%=*} == "${scheduled#*=}" && $applied == True && $(sorted "$chosen") == "$(sorted "$wanted")" ]]; then echo yes; fi
}

sorted() { tr ' ' '\n' <<<"$1" | sort; }
