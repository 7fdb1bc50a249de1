# shellcheck shell=bash
# What the parts share. Each of them names this file, so that a reader, and shellcheck, knows where a variable is from.
# shellcheck disable=SC2034

[[ -z ${here:-} ]] || return 0
# With CDPATH set, cd would look elsewhere and say where it went.
here=$(CDPATH='' cd -- "${BASH_SOURCE[0]%/*}/.." && pwd)
readonly here

# The script that was called, as messages name it.
readonly script=./${BASH_SOURCE[-1]##*/}

# The command line.
mode=apply
from=''
only=()
cacerts=''
asks=true
prunes=false
force=()
timeout=300
declare -A given_context=()
repeated_options=()

# plan.tsv, a column each; `steps` are the positions of those that this run takes.
step_wave=() step_cluster=() step_context=() step_uid=() step_action=() step_path=() step_wait=() step_engine=() step_needs=()
step_brings=() step_undo=() step_args=()
steps=()

# The name under which servers remember which fields are ours.
readonly field_manager=mesh-federation

# The name of the federation, and the clusters by theirs.
federation=''
declare -A context_of=() uid_of=()

# What those that are the clusters that they should be turned out to be.
declare -A observed_uid=()

# Those that answer and are the clusters that they should be.
answering=()

# What Secret istio-system/cacerts is made of.
readonly cacerts_files=(ca-cert.pem ca-key.pem root-cert.pem cert-chain.pem)

# What the record of each cluster says: rows of objects.tsv and of plan.tsv without what only tells the cluster; rows
# `group kind namespace name` of what was not there before; the last wave whose gate held, and of which output; the clusters
# of the last apply. A record of an earlier version has the first only, and no name.
declare -A recorded_objects=() recorded_commands=() recorded_created=() recorded_progress=() recorded_name=() recorded_members=()

# What each cluster's record was when it was last read or written, all of it; nothing where there is none.
declare -A stored_record=()
declare -A is_recorded=()

# Rows of what no objects.tsv names: all of Istio's kinds, which an installer brings, and the CA of a cluster.
readonly istio_crds=$'apiextensions.k8s.io\tCustomResourceDefinition\t-\t*.istio.io'
readonly cacerts_secret=$'-\tSecret\tistio-system\tcacerts'

# As the column `brings` says that an engine brings the CA to every cluster.
readonly cacerts_everywhere=all:Secret/istio-system/cacerts

# Kinds whose objects take others' things with them when they go. Engines add theirs.
holding_kinds=(Namespace CustomResourceDefinition)

# What each engine says of itself, by its name in the column `engine`: how its project spells it, the API group by which its
# objects are known in a record, the label on everything that it brings, and how a cluster is taken out of it.
declare -A engine_title=() engine_group=() engine_label=() engine_unjoin=()

# What undoing needs beside kubectl, by what is undone. Engines add theirs.
declare -A undo_needs=([istioctl-install]=istioctl [helm-upgrade]=helm)

# What is left once in a cluster, whatever its version; and what is about another cluster, which its first argument names.
# Engines add theirs.
declare -A is_left_once=([istioctl-install]=true [federated-cacerts]=true) is_about_another=([remote-secret]=true)

# For destroy.sh: the clusters with a record, last one first; those of them that go; and the contexts of those that --only
# names and the plan does not.
recorded=() leaving=()
declare -A stranger_context=()

# How the run goes.
problems=()
current_step=''
current_prune=''
differences=0
untried=0
