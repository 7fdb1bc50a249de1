# shellcheck shell=bash
# Karmada: objects as they are on an API server of its own, and policies that bring them to the clusters.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"
# shellcheck source=karmada/undo-objects.sh
source "${BASH_SOURCE[0]%/*}/karmada/undo-objects.sh"

engine_title[karmada]=Karmada
engine_group[karmada]=policy.karmada.io
engine_label[karmada]=karmada.io/managed
engine_unjoin[karmada]='karmadactl unjoin'

# Its object for a cluster, in the caller's `resource`. $1: the name that it gives the cluster.
karmada_registration() { resource=(get "cluster.cluster.karmada.io/$1"); }

# Prints the clusters that Karmada does not reach.
karmada_unready() { not_ready_in "$1" clusters.cluster.karmada.io; }

karmada_how_to_get() { echo 'name the context of the API server of Karmada: --context federation=CONTEXT'; }

# For one row of objects. As long as Karmada does not know that a cluster has the kind, it leaves that cluster out, silently and
# forever.
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

# For one row of objects. Karmada's binding of an object lists the clusters that have it. "FullyApplied" alone is not enough: it
# ignores a cluster that Karmada left out.
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
